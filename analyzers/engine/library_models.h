// SPDX-License-Identifier: Apache-2.0
//
// A checker for the Clang Static Analyzer that reports nothing: it corrects what Clang 19 gets wrong about the C library.
//
// - fgets, getcwd and mkdtemp return their first argument or nothing. Clang asks whether the result equals it, and answers
//   for a local array that it never does: the path on which the call succeeds, and all behind it, was not looked at.
// - With _GNU_SOURCE, accept, recvfrom, getsockname and getpeername of glibc take a transparent union of pointers. Clang does
//   not see that they write where it points, and what they filled was taken for garbage.
#pragma once

#include <string_view>

namespace clang::ento {
class CheckerRegistry;
}

namespace proofmark::analyze {

constexpr std::string_view kLibraryModels = "proofmark.LibraryModels";

void register_library_models(clang::ento::CheckerRegistry& registry);

}  // namespace proofmark::analyze
