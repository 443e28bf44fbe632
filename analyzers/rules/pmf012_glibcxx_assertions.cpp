// SPDX-License-Identifier: Apache-2.0
//
// PMF012: the C++ library checks the index of operator[] and the like: _GLIBCXX_ASSERTIONS, or libc++ hardening.
#include "rules/flag_rule.h"

#include "compile/options.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  if (in.unit.language != Language::kCxx) return FlagVerdict::not_applicable("not C++");
  if (!in.effective.hosted) return FlagVerdict::not_applicable("freestanding code has no C++ library to check it");
  if (in.effective.has_macro("_GLIBCXX_ASSERTIONS") || in.effective.has_macro("_LIBCPP_HARDENING_MODE"))
    return FlagVerdict::held();
  const bool requested = !requested_macro(in.unit.flags, "_GLIBCXX_ASSERTIONS").empty();
  return FlagVerdict::broken(
      requested ? "requested _GLIBCXX_ASSERTIONS, effective off" : "not requested, effective off",
      "compile with -D_GLIBCXX_ASSERTIONS");
}

}  // namespace

constinit const FlagRule kPmf012GlibcxxAssertions = {
    {"PMF012", "library-assertions", "The C++ library checks its preconditions (_GLIBCXX_ASSERTIONS).",
     report::Level::kMust, 787},
    check,
    ""};

}  // namespace proofmark::analyze
