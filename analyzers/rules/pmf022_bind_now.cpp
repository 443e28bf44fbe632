// SPDX-License-Identifier: Apache-2.0
//
// PMF022: lazy binding keeps the table of function addresses writable for ever. The last of now and lazy counts.
#include "rules/link_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const LinkInput& in) {
  if (in.effective.output == LinkOutput::kRelocatable) return FlagVerdict::not_applicable("a partial link");
  if (in.effective.is_static && in.effective.output == LinkOutput::kExecutable)
    return FlagVerdict::not_applicable("a static executable binds nothing at run time");
  const FlagView view{find_request(in.requested, {"-z now"}, {"-z lazy"}), in.effective.bind_now ? "now" : "lazy"};
  return in.effective.bind_now ? view.held() : view.broken("link with -Wl,-z,now, after any -z lazy");
}

}  // namespace

constinit const LinkRule kPmf022BindNow = {
    {"PMF022", "link-bind-now", "All symbols are bound at start-up (-z now).", report::Level::kMust, 693},
    check,
    "bind-now"};

}  // namespace proofmark::analyze
