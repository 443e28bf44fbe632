// SPDX-License-Identifier: Apache-2.0
//
// PMF009: with signed overflow undefined, compilers delete the very checks that look for it.
#include "rules/flag_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  const bool on = in.effective.defined_overflow;
  const FlagView view{find_request(in.unit.flags, {"-fno-strict-overflow", "-fwrapv", "-ftrapv"},
                                   {"-fstrict-overflow", "-fno-wrapv", "-fno-trapv"}),
                      on ? "overflow is defined" : "overflow is undefined"};
  return on ? view.held() : view.broken("compile with -fno-strict-overflow");
}

}  // namespace

constinit const FlagRule kPmf009StrictOverflow = {
    {"PMF009", "defined-overflow", "Signed overflow wraps instead of being undefined (-fno-strict-overflow).",
     report::Level::kMust, 190},
    check,
    ""};

}  // namespace proofmark::analyze
