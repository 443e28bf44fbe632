// SPDX-License-Identifier: Apache-2.0
//
// PMS109: a value is used that no assignment on the path has set; it may be a secret or an attacker's choice.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  if (report.from("core.uninitialized.") || report.from("core.UndefinedBinaryOperatorResult")) return true;
  if (report.from("alpha.unix.cstring.UninitializedRead")) return true;
  return (report.from("core.CallAndMessage") || report.from("core.NullDereference")) &&
         (report.says("ninitialized") || report.says("undefined"));
}

}  // namespace

constinit const PathRule kPms109Uninitialized = {
    {"PMS109", "uninitialized-value", "No uninitialised value is used.", report::Level::kMust, 457}, claims};

}  // namespace proofmark::analyze
