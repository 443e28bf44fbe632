// SPDX-License-Identifier: Apache-2.0
//
// One translation unit made ready to be judged: launchers peeled, response files expanded, compiler and language known.
// This is the policy view of a command; the words that only Clang's parser gets are made by parse_view.h, and no rule
// ever judges those.
#pragma once

#include <string>

#include "compile/database.h"

namespace proofmark::analyze {

enum class Language { kUnknown, kC, kCxx, kAssembler };

struct Unit {
  std::filesystem::path directory;
  std::string source;         // as the compile command names it
  std::string database_file;  // as the database names it
  std::string driver;         // argv[0] after peeling: "aarch64-linux-gnu-gcc", "/usr/bin/clang-19"
  Words environment;          // as Launch::environment
  Words flags;                // everything after the driver but the source; "-Wp,a,b" and the like split up, last
  Language language = Language::kUnknown;
  std::string command_sha256;  // of the words as they are in the database

  std::filesystem::path absolute_source() const { return (directory / source).lexically_normal(); }
  // Absolute path of the source after the command's own prefix maps: the name it has in DWARF.
  std::string debug_name() const;
};

report::Result<Unit> prepare_unit(const CompileCommand& command);

// By the source's file name; kUnknown when it is none.
Language language_of_source(std::string_view name);

// True for names of GCC and Clang drivers: optional target prefix, cc|c++|gcc|g++|clang|clang++, optional version. Only
// programs with such a name, or one that the user allows, are ever started: a compile database may come from anywhere.
bool is_known_driver(std::string_view path);

}  // namespace proofmark::analyze
