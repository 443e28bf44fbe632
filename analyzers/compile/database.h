// SPDX-License-Identifier: Apache-2.0
//
// Reads compile_commands.json: which source is compiled how. The entries are kept as the build wrote them; unit.h turns
// one into something that can be judged.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "compile/command_line.h"
#include "report/finding.h"

namespace proofmark::analyze {

struct CompileCommand {
  std::filesystem::path directory;  // where the compiler was started, absolute
  std::string file;                 // the source as the database names it
  Words arguments;                  // argv, launchers and response files still in place

  std::filesystem::path absolute_file() const { return (directory / file).lexically_normal(); }
};

// The path of the database in `build_dir`, which may also be the database file itself.
std::filesystem::path database_file(const std::filesystem::path& build_dir);

report::Result<std::vector<CompileCommand>> load_database(const std::filesystem::path& build_dir);

}  // namespace proofmark::analyze
