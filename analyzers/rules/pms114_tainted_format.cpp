// SPDX-License-Identifier: Apache-2.0
//
// PMS114: input from outside is used as a format string; %n writes memory.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.from("alpha.security.taint") && report.says("format string");
}

}  // namespace

constinit const PathRule kPms114TaintedFormat = {
    {"PMS114", "tainted-format", "No input from outside is used as a format string.", report::Level::kMust, 134},
    claims};

}  // namespace proofmark::analyze
