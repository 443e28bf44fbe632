// SPDX-License-Identifier: Apache-2.0
//
// PMS118: streams that are never closed, or used after they were.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.from("unix.Stream");
}

}  // namespace

constinit const PathRule kPms118ResourceLeak = {
    {"PMS118", "resource-leak", "Opened streams are closed once, and not used after.", report::Level::kShould, 775},
    claims};

}  // namespace proofmark::analyze
