// SPDX-License-Identifier: Apache-2.0
//
// Link steps, and the three places they are read from: Ninja, the reply of CMake's File API, and a recorded log. Unlike
// compile commands they have no database of their own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "compile/command_line.h"

namespace proofmark::analyze {

struct LinkCommand {
  std::filesystem::path directory;  // where the linker was started, absolute
  std::string target;               // the output as the command names it
  Words arguments;                  // argv, launchers peeled and response files expanded; [0] is driver or linker
  Words environment;                // as Launch::environment

  std::filesystem::path absolute_target() const { return (directory / target).lexically_normal(); }
};

// True for "ld", "aarch64-linux-gnu-ld.bfd", "ld.lld-19" and the like.
bool is_known_linker(std::string_view path);

// The link steps in a shell line such as ": && cc a.o -o a && :"; none when it only compiles, archives or asks.
std::vector<LinkCommand> find_links(const Words& line, const std::filesystem::path& directory);

// `from`: "ninja" (asks ninja about `build_dir`), "cmake" (its File API reply), or a file in the form of
// compile_commands.json, as `proofmark record` writes.
report::Result<std::vector<LinkCommand>> load_link_commands(const std::string& from,
                                                            const std::filesystem::path& build_dir);

}  // namespace proofmark::analyze
