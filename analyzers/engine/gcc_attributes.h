// SPDX-License-Identifier: Apache-2.0
//
// Attributes that only GCC knows. Clang's parser drops them before any rule could see them, so this binary teaches them
// to it, as a plugin would; they stay in the tree as annotations, with their arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/clang_headers.h"

namespace proofmark::analyze {

struct GccAttribute {
  std::string_view name;  // without underscores: "optimize"
  std::vector<std::string> arguments;
  clang::SourceLocation where;
};

// Those written at this declaration, not the ones inherited from an earlier one.
std::vector<GccAttribute> gcc_attributes(const clang::Decl& decl);
// Those that hold for the declaration, wherever they are written.
std::vector<GccAttribute> all_gcc_attributes(const clang::Decl& decl);

}  // namespace proofmark::analyze
