// SPDX-License-Identifier: Apache-2.0
//
// PMF028: -N (--omagic) puts code and data into one segment that can be written and executed, and drops RELRO on the way.
#include "rules/link_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const LinkInput& in) {
  if (in.effective.output == LinkOutput::kRelocatable) return FlagVerdict::not_applicable("a partial link");
  const bool writable = in.effective.writable_text;
  const FlagView view{find_request(in.requested, {"--no-omagic"}, {"-N", "--omagic"}),
                      writable ? "code is writable" : "code is read-only"};
  return writable ? view.broken("remove -N") : view.held();
}

}  // namespace

constinit const LinkRule kPmf028NoWritableText = {
    {"PMF028", "link-no-writable-text", "Code is not linked into a writable segment (no -N).", report::Level::kMust,
     119},
    check,
    "no-writable-code"};

}  // namespace proofmark::analyze
