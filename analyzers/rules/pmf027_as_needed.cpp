// SPDX-License-Identifier: Apache-2.0
//
// PMF027: every library that is loaded brings code that an attacker can use. --as-needed counts for the libraries that follow.
#include "rules/link_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const LinkInput& in) {
  if (in.effective.output == LinkOutput::kRelocatable) return FlagVerdict::not_applicable("a partial link");
  if (in.effective.is_static) return FlagVerdict::not_applicable("a static link needs no shared library");
  FlagView view{find_request(in.requested, {"--as-needed", "-as-needed"}, {"--no-as-needed", "-no-as-needed"}), ""};
  for (const std::string& library : in.effective.always_needed)
    view.effective += (view.effective.empty() ? "needed even if unused: " : ", ") + library;
  if (!view.effective.empty()) return view.broken("link with -Wl,--as-needed, before the libraries");
  view.effective = "only what is used";
  return view.held();
}

}  // namespace

constinit const LinkRule kPmf027AsNeeded = {
    {"PMF027", "link-as-needed", "Only shared libraries that are used are needed (--as-needed).",
     report::Level::kAdvisory, 1104},
    check,
    ""};

}  // namespace proofmark::analyze
