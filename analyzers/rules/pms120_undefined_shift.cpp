// SPDX-License-Identifier: Apache-2.0
//
// PMS120: a shift by a negative number or by the width of the type or more, on some path.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.from("core.BitwiseShift");
}

}  // namespace

constinit const PathRule kPms120UndefinedShift = {
    {"PMS120", "undefined-shift", "No shift is negative or wider than its type.", report::Level::kShould, 1335},
    claims};

}  // namespace proofmark::analyze
