// SPDX-License-Identifier: Apache-2.0
//
// Options of `check` about compilers: which may be started, where their answers are kept, where link steps come from.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "compile/link_command.h"
#include "compile/resolver.h"
#include "report/policy.h"

namespace proofmark::analyze {

struct ToolchainOptions {
  std::string cache;  // empty: the default; "none"
  std::string record, replay;
  bool no_exec = false;
  std::vector<std::string> allowed_drivers;
  bool gcc_diagnostics = false;
  std::string links;  // "ninja", "cmake", "none" or a file; empty: link_commands.json of the build, if there is one
};

void add_toolchain_options(CLI::App& verb, ToolchainOptions& options);

// Whether GCCs are to be started for what they find themselves: by an option, or by the policy. An error when nothing may
// be started.
report::Result<bool> wants_gcc_diagnostics(const ToolchainOptions& options, const report::Policy& policy);

report::Result<ResolverOptions> resolver_options(const ToolchainOptions& options);
report::Result<std::vector<LinkCommand>> read_links(const ToolchainOptions& options, const std::string& build);

}  // namespace proofmark::analyze
