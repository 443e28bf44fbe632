// SPDX-License-Identifier: Apache-2.0
//
// The words that Clang's parser gets for a unit, whichever compiler builds it. An allow-list keeps what changes the
// meaning of the code (macros, include paths, language, ABI) and drops the rest: GCC has hundreds of options that Clang
// rejects. Flags are never judged on this view.
#pragma once

#include <string>
#include <vector>

#include "compile/effective.h"

namespace proofmark::analyze {

struct ParseOptions {
  std::string resource_dir;           // Clang's own headers: <llvm>/lib/clang/<major>
  std::vector<std::string> enforced;  // warnings that are errors whatever the command says, "format-security"
  bool emulate_gcc = true;            // for GCC units: hide __clang__ and show GCC's version
};

// A Clang driver command line, argv[0] included.
Words make_parse_view(const Unit& unit, const EffectiveFlags& effective, const ParseOptions& options);

}  // namespace proofmark::analyze
