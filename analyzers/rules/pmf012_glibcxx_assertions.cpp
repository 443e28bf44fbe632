// SPDX-License-Identifier: Apache-2.0
//
// PMF012: the C++ library checks the index of operator[] and the like: _GLIBCXX_ASSERTIONS, or libc++ hardening.
#include "rules/flag_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  if (in.unit.language != Language::kCxx) return FlagVerdict::not_applicable("not C++");
  if (!in.effective.hosted) return FlagVerdict::not_applicable("freestanding code has no C++ library to check it");
  const bool on = in.effective.has_macro("_GLIBCXX_ASSERTIONS") || in.effective.has_macro("_LIBCPP_HARDENING_MODE");
  const FlagView view{find_macro_request(in.unit.flags, "_GLIBCXX_ASSERTIONS"), on ? "on" : "off"};
  return on ? view.held() : view.broken("compile with -D_GLIBCXX_ASSERTIONS");
}

}  // namespace

constinit const FlagRule kPmf012GlibcxxAssertions = {
    {"PMF012", "library-assertions", "The C++ library checks its preconditions (_GLIBCXX_ASSERTIONS).",
     report::Level::kMust, 787},
    check,
    ""};

}  // namespace proofmark::analyze
