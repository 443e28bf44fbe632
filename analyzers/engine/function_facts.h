// SPDX-License-Identifier: Apache-2.0
//
// What each function defined in a unit should get from the compiler, judged from its source: whether it must have a
// stack canary, and how many of its calls the C library can check. `report` compares it with the machine code.
#pragma once

#include <vector>

#include "engine/source_context.h"
#include "report/layers.h"

namespace proofmark::analyze {

// The functions with a body in project code, in the order of their places.
//
// `expects_canary` is set only where -fstack-protector-strong leaves the compiler no choice: the function passes the
// address of a local to a function that it cannot see into, so that no optimisation can remove the local. Functions
// that lose their arrays to optimisation are thereby left out; one that is set and has no canary is a loss.
std::vector<report::SourceFunction> function_facts(clang::ASTContext& tree, const SourceContext& context);

// Fills `weakened_by` with the rules of source findings that lie in the functions.
void attribute_findings(std::vector<report::SourceFunction>& functions, const std::vector<report::Finding>& findings);

// Where a function of the project is, from its name to the end of its body.
struct FunctionLines {
  std::string file;
  unsigned first = 0, last = 0;

  bool holds(const report::Location& place) const {
    return place.file == file && first <= place.line && place.line <= last;
  }
};
std::vector<FunctionLines> function_lines(clang::ASTContext& tree, const SourceContext& context);

}  // namespace proofmark::analyze
