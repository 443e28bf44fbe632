// SPDX-License-Identifier: Apache-2.0
//
// PMS116: functions that cannot be used safely: gets, getpw, mktemp, vfork, a random number that can be guessed.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return (report.from("security.insecureAPI.") && !report.from("security.insecureAPI.UncheckedReturn")) ||
         report.from("unix.Vfork");
}

}  // namespace

constinit const PathRule kPms116DangerousFunction = {
    {"PMS116", "dangerous-function", "No function is used that cannot be used safely.", report::Level::kShould, 676},
    claims};

}  // namespace proofmark::analyze
