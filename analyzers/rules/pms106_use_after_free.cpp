// SPDX-License-Identifier: Apache-2.0
//
// PMS106: memory is used after it was given back; an attacker may own it by then.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  if (report.from("cplusplus.InnerPointer")) return true;
  return (report.from("unix.Malloc") || report.from("cplusplus.NewDelete")) && report.says("after it is");
}

}  // namespace

constinit const PathRule kPms106UseAfterFree = {
    {"PMS106", "use-after-free", "Memory is not used after it was freed.", report::Level::kMust, 416}, claims};

}  // namespace proofmark::analyze
