// SPDX-License-Identifier: Apache-2.0
//
// PMS113: input from outside reaches a command interpreter.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.from("alpha.security.taint") && report.says("system call");
}

}  // namespace

constinit const PathRule kPms113TaintedCommand = {
    {"PMS113", "tainted-command", "No input from outside reaches a command line.", report::Level::kMust, 78}, claims};

}  // namespace proofmark::analyze
