// SPDX-License-Identifier: Apache-2.0
//
// Runs another program with an argument vector: no shell, no terminal, a time limit, output captured. Used to ask the
// real compiler what a set of flags means.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "compile/command_line.h"
#include "report/finding.h"

namespace proofmark::analyze {

struct ProcessOutput {
  int exit_code = 0;  // 128 + signal when it was killed by one
  std::string out, err;
};

struct ProcessOptions {
  std::string input;  // on standard input
  Words environment;  // changes to this process's own, in order; as Launch::environment
  std::chrono::seconds limit{300};
  size_t max_output = SIZE_MAX;  // bytes of each stream; a program that writes more is killed
  bool own_group = false;        // what the program has started is killed with it
};

// `argv[0]` is looked up in PATH unless it contains a slash. The program runs in `directory` with LC_ALL=C.
report::Result<ProcessOutput> run_process(const Words& argv, const std::filesystem::path& directory,
                                          const ProcessOptions& options = {});

}  // namespace proofmark::analyze
