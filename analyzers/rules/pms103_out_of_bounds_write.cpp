// SPDX-License-Identifier: Apache-2.0
//
// PMS103: an access outside an object that is neither local nor allocated, or whose place is not known.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.is_out_of_bounds();
}

}  // namespace

constinit const PathRule kPms103OutOfBoundsWrite = {
    {"PMS103", "out-of-bounds-write", "Nothing is written outside an object.", report::Level::kMust, 787}, claims};

}  // namespace proofmark::analyze
