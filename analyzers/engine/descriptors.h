// SPDX-License-Identifier: Apache-2.0
//
// A checker for the Clang Static Analyzer that follows descriptors, which are plain numbers to Clang: one that was opened is
// closed, stored, or handed on before the last variable that knows it is gone, and none is used after it was closed. The
// same is asked of streams that came from elsewhere; those that the function itself opened, Clang's unix.Stream follows.
#pragma once

#include <string_view>

namespace clang::ento {
class CheckerRegistry;
}

namespace proofmark::analyze {

constexpr std::string_view kDescriptors = "proofmark.Descriptors";

void register_descriptors(clang::ento::CheckerRegistry& registry);

}  // namespace proofmark::analyze
