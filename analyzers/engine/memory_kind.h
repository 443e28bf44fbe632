// SPDX-License-Identifier: Apache-2.0
//
// The analyzer's reports say which variable is overrun, not where it lives. This finds it: on the stack (CWE-121), on
// the heap (CWE-122) or in static memory, and whether the access reads or writes.
#pragma once

#include <string_view>
#include <vector>

#include "engine/clang_headers.h"
#include "rules/path_rule.h"

namespace proofmark::analyze {

class MemoryFinder {
 public:
  explicit MemoryFinder(clang::ASTContext& context) : context_(context) {}

  // `place`: where the access is; `path`: the locations of the steps that lead there, whose functions are searched too.
  Memory memory(std::string_view message, clang::SourceLocation place,
                const std::vector<clang::SourceLocation>& path) const;
  Access access(std::string_view checker, std::string_view message, clang::SourceLocation place) const;
  // Whether the place is indexed by the length of a part of the string that is there, as in line[strcspn(line, "\n")].
  bool stays_in_string(clang::SourceLocation place) const;

 private:
  Memory memory_of_argument(const std::vector<const clang::CallExpr*>& calls, unsigned index) const;

  clang::ASTContext& context_;
};

// The variable that an expression is, or is a part of: s in s.buf[3], buf in &buf[i] and buf + 1. Null when the access
// goes through a pointer.
const clang::VarDecl* accessed_variable(const clang::Expr* expression);

Memory memory_of(const clang::VarDecl& variable);

}  // namespace proofmark::analyze
