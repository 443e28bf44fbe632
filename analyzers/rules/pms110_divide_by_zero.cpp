// SPDX-License-Identifier: Apache-2.0
//
// PMS110: a division by a value that is zero on some path stops the program.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.from("core.DivideZero") || report.from("alpha.core.TestAfterDivZero");
}

}  // namespace

constinit const PathRule kPms110DivideByZero = {
    {"PMS110", "divide-by-zero", "Nothing is divided by zero.", report::Level::kMust, 369}, claims};

}  // namespace proofmark::analyze
