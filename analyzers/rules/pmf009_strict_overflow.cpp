// SPDX-License-Identifier: Apache-2.0
//
// PMF009: with signed overflow undefined, compilers delete the very checks that look for it.
#include "rules/flag_rule.h"

#include "compile/options.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  if (in.effective.defined_overflow) return FlagVerdict::held();
  const Request request = find_request(in.unit.flags, {"-fno-strict-overflow", "-fwrapv", "-ftrapv"},
                                       {"-fstrict-overflow", "-fno-wrapv", "-fno-trapv"});
  return FlagVerdict::broken(request.explain("overflow is undefined"), "compile with -fno-strict-overflow");
}

}  // namespace

constinit const FlagRule kPmf009StrictOverflow = {
    {"PMF009", "defined-overflow", "Signed overflow wraps instead of being undefined (-fno-strict-overflow).",
     report::Level::kMust, 190},
    check,
    ""};

}  // namespace proofmark::analyze
