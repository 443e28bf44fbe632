// SPDX-License-Identifier: Apache-2.0
//
// PMF025: a text relocation makes code writable while the program starts, for every process that maps it. lld refuses them unless
// told otherwise; BFD ld links them with a warning.
#include "rules/link_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const LinkInput& in) {
  if (in.effective.output == LinkOutput::kRelocatable) return FlagVerdict::not_applicable("a partial link");
  const FlagView view{find_request(in.requested, {"-z text"}, {"-z notext", "-z textoff"}),
                      in.effective.text == TextRelocations::kRefused ? "refused" : "allowed"};
  if (in.effective.text == TextRelocations::kRefused) return view.held();
  if (in.effective.text == TextRelocations::kByObjects)
    return FlagVerdict::not_applicable("nothing was asked for: the audit tells whether there are any (PME008)");
  return view.broken("link with -Wl,-z,text, and compile all code with -fPIE or -fPIC");
}

}  // namespace

constinit const LinkRule kPmf025NoTextRelocations = {
    {"PMF025", "link-no-text-relocations", "Code that must be patched at start-up is refused (no -z notext).",
     report::Level::kMust, 693},
    check,
    "no-textrel"};

}  // namespace proofmark::analyze
