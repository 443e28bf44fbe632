// SPDX-License-Identifier: Apache-2.0
//
// PMS101: a write beyond a local buffer reaches saved registers and the return address, and with them the program. Found
// along paths by the analyzer, and wherever sizes are plain constants by constant_overflow.cpp, whatever the budget.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.is_out_of_bounds() && report.memory == Memory::kStack && report.access != Access::kRead;
}

}  // namespace

constinit const PathRule kPms101StackOverflow = {
    {"PMS101", "stack-buffer-overflow", "Nothing is written outside a local buffer.", report::Level::kMust, 121},
    claims};

}  // namespace proofmark::analyze
