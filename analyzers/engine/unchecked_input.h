// SPDX-License-Identifier: Apache-2.0
//
// A checker for the Clang Static Analyzer: what read, fread, fgets, sscanf and their like were to fill is read on a path on
// which they may have failed and nothing else has written it. Clang takes for granted that a call writes all that it is
// handed a pointer to.
#pragma once

#include <string_view>

namespace clang::ento {
class CheckerRegistry;
}

namespace proofmark::analyze {

constexpr std::string_view kUncheckedInput = "proofmark.UncheckedInput";

void register_unchecked_input(clang::ento::CheckerRegistry& registry);

}  // namespace proofmark::analyze
