// SPDX-License-Identifier: Apache-2.0
//
// PMS115: input from outside decides an index, a buffer size or an allocation, with no check between.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  if (report.from("alpha.security.taint") || report.from("proofmark.NetworkTaint")) return true;
  return report.is_out_of_bounds() && report.depends_on_taint();
}

// Memory: the analyzer knows whether an access reads or writes; our checker says so.
int cwe(const AnalyzerReport& report) {
  if (report.access == Access::kWrite || report.says("that is written")) return 787;
  if (report.access == Access::kRead || report.says("that is read")) return 125;
  if (report.says("wrap around")) return 190;
  return report.is_out_of_bounds() ? 129 : 789;
}

}  // namespace

constinit const PathRule kPms115TaintedSize = {
    {"PMS115", "tainted-size", "Sizes and indexes from outside are checked before use.", report::Level::kShould, 789},
    claims,
    cwe};

}  // namespace proofmark::analyze
