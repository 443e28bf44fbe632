// SPDX-License-Identifier: Apache-2.0
//
// PMS108: the last pointer to a block is lost. A gateway that runs for years runs out of memory.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return (report.from("unix.Malloc") || report.from("cplusplus.NewDelete")) && report.says("leak");
}

}  // namespace

constinit const PathRule kPms108MemoryLeak = {
    {"PMS108", "memory-leak", "Allocated memory is freed on every path.", report::Level::kShould, 401}, claims};

}  // namespace proofmark::analyze
