// SPDX-License-Identifier: Apache-2.0
//
// PMS107: memory is given back twice, which corrupts the allocator.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return (report.from("unix.Malloc") || report.from("cplusplus.NewDelete")) &&
         (report.says("free released memory") || report.says("Attempt to delete released") ||
          report.says("free non-owned"));
}

}  // namespace

constinit const PathRule kPms107DoubleFree = {
    {"PMS107", "double-free", "Memory is freed once.", report::Level::kMust, 415}, claims};

}  // namespace proofmark::analyze
