// SPDX-License-Identifier: Apache-2.0
//
// PMS115: input from outside decides an index, a buffer size or an allocation, with no check between.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  if (report.from("optin.taint.TaintedAlloc") || report.from("alpha.security.taint")) return true;
  return report.is_out_of_bounds() && report.depends_on_taint();
}

}  // namespace

constinit const PathRule kPms115TaintedSize = {
    {"PMS115", "tainted-size", "Sizes and indexes from outside are checked before use.", report::Level::kMust, 789},
    claims};

}  // namespace proofmark::analyze
