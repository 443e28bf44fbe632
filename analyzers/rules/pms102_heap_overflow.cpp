// SPDX-License-Identifier: Apache-2.0
//
// PMS102: a write beyond an allocated block reaches its neighbours and the allocator's own data.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.is_out_of_bounds() && report.memory == Memory::kHeap && report.access != Access::kRead;
}

}  // namespace

constinit const PathRule kPms102HeapOverflow = {
    {"PMS102", "heap-buffer-overflow", "Nothing is written outside an allocated block.", report::Level::kMust, 122},
    claims};

}  // namespace proofmark::analyze
