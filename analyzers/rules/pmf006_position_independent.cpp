// SPDX-License-Identifier: Apache-2.0
//
// PMF006: position-independent code can be loaded anywhere, which is what address space layout randomisation needs.
#include "rules/flag_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  const bool on = in.effective.position_independent;
  const FlagView view{find_request(in.unit.flags, {"-fPIE", "-fpie", "-fPIC", "-fpic"},
                                   {"-fno-PIE", "-fno-pie", "-fno-PIC", "-fno-pic", "-static", "-no-pie"}),
                      on ? "position independent" : "position dependent"};
  return on ? view.held() : view.broken("compile with -fPIE and link with -static-pie or -pie");
}

}  // namespace

constinit const FlagRule kPmf006PositionIndependent = {
    {"PMF006", "position-independent",
     "Code is position independent, so that it can be loaded at a random address (-fPIE or -fPIC).",
     report::Level::kMust, 693},
    check,
    "pie"};

}  // namespace proofmark::analyze
