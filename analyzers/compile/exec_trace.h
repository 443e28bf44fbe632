// SPDX-License-Identifier: Apache-2.0
//
// Runs a command and sees every program that it and its descendants execute, by ptrace: absolute compiler paths, static
// binaries and cleared environments are seen as well, which neither shims in PATH nor a preloaded library manage. Stops
// only at fork, exec and exit, so the build runs at its own speed in between.
#pragma once

#include <filesystem>
#include <functional>

#include "compile/command_line.h"
#include "report/finding.h"

namespace proofmark::analyze {

struct Execution {
  Words arguments;                  // argv as the kernel has it: a script has its interpreter in front
  Words environment;                // NAME=value
  std::filesystem::path directory;  // where it was started
};

// `take` says whether it knows the program; what such a program executes itself (a wrapper the compiler, a compiler the
// assembler) is then not shown. Returns the exit code of the command, 128 + signal when one killed it.
report::Result<int> trace_executions(const Words& command, const std::function<bool(const Execution&)>& take);

}  // namespace proofmark::analyze
