// SPDX-License-Identifier: Apache-2.0
//
// PMF024: position-independent objects help nothing when the linker puts them at a fixed address.
#include "rules/link_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const LinkInput& in) {
  if (in.effective.output == LinkOutput::kRelocatable) return FlagVerdict::not_applicable("a partial link");
  const bool on = in.effective.output != LinkOutput::kExecutable;
  const FlagView view{
      find_request(in.requested, {"-pie", "--pie", "-static-pie", "--static-pie", "-shared", "--shared"},
                   {"-no-pie", "--no-pie", "-nopie", "-static", "--static"}),
      on ? "any address" : "a fixed address"};
  return on ? view.held() : view.broken("link with -pie, or with -static-pie instead of -static");
}

}  // namespace

constinit const LinkRule kPmf024PieLink = {
    {"PMF024", "link-pie", "What is linked can be loaded at a random address (-pie, -static-pie or -shared).",
     report::Level::kMust, 693},
    check,
    "pie"};

}  // namespace proofmark::analyze
