// SPDX-License-Identifier: Apache-2.0
//
// PMS104: a read outside an object leaks what lies beside it, or crashes.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.is_out_of_bounds() && report.access == Access::kRead;
}

}  // namespace

constinit const PathRule kPms104OutOfBoundsRead = {
    {"PMS104", "out-of-bounds-read", "Nothing is read outside an object.", report::Level::kMust, 125}, claims};

}  // namespace proofmark::analyze
