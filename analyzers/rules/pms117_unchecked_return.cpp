// SPDX-License-Identifier: Apache-2.0
//
// PMS117: a call that drops privileges can fail, and then the program goes on with all of them.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.from("security.insecureAPI.UncheckedReturn") || report.from("security.SetgidSetuidOrder");
}

}  // namespace

constinit const PathRule kPms117UncheckedReturn = {
    {"PMS117", "unchecked-return", "The result of a call that drops privileges is checked.", report::Level::kMust, 252},
    claims};

}  // namespace proofmark::analyze
