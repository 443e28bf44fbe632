// SPDX-License-Identifier: Apache-2.0
//
// What the one walk over the tree collects for rules that must see a whole unit: which function calls what, and what is
// written to a variable. Rules that get these need not walk the tree again.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "engine/clang_headers.h"

namespace proofmark::analyze {

struct CallFact {
  const clang::CallExpr* call;
  const clang::FunctionDecl* callee;
  const clang::FunctionDecl* caller;  // null at file scope
  std::string_view name;              // of the callee, without "__builtin_"
};

struct WriteFact {
  const clang::Expr* value;           // null: written in a way that has no single value, or its address is taken
  const clang::FunctionDecl* writer;  // null at file scope
  clang::SourceLocation where;
  bool address_only = false;  // its address is taken here
};

struct CodeFacts {
  std::vector<CallFact> calls;  // in project code, in the order of the text
  std::map<const clang::VarDecl*, std::vector<WriteFact>> writes;
  std::map<const clang::FieldDecl*, std::vector<WriteFact>> field_writes;  // plain assignments only
};

}  // namespace proofmark::analyze
