// SPDX-License-Identifier: Apache-2.0
//
// PMS112: something is freed that was not allocated, or by the wrong deallocator, or at an offset.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  if (report.from("unix.MismatchedDeallocator")) return true;
  return (report.from("unix.Malloc") || report.from("cplusplus.NewDelete")) &&
         (report.says("not memory allocated by") || report.says("not the start of memory") ||
          report.says("offset by") || report.says("function pointer"));
}

}  // namespace

constinit const PathRule kPms112BadFree = {
    {"PMS112", "bad-free", "Only allocated memory is freed, by its own deallocator.", report::Level::kMust, 590},
    claims};

}  // namespace proofmark::analyze
