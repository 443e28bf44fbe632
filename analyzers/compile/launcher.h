// SPDX-License-Identifier: Apache-2.0
//
// The words in front of a compiler that only start it: ccache, distcc, env with its assignments, nice -n 5, and so on,
// in any order and number.
#pragma once

#include <string>
#include <vector>

#include "compile/command_line.h"

namespace proofmark::analyze {

struct Launch {
  size_t words = 0;       // how many leading words are the launchers'
  std::string directory;  // env -C: where the compiler is started, empty = unchanged
  // What env does to variables that compilers read, in order: "NAME=value" sets, "NAME" unsets, "-" unsets all. Other
  // variables are left alone: a compile database must not be able to set LD_PRELOAD or PATH for what we start.
  Words environment;
};

Launch read_launchers(const Words& arguments);

// Variables that change what GCC, Clang or Buildroot's wrapper make of their flags.
bool is_compiler_variable(std::string_view name);

}  // namespace proofmark::analyze
