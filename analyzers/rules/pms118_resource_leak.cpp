// SPDX-License-Identifier: Apache-2.0
//
// PMS118: descriptors and streams that are never closed, or used or closed again after they were.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.from("unix.Stream") || report.from("proofmark.Descriptors");
}

int cwe(const AnalyzerReport& report) {
  if (report.says("a second time")) return 1341;
  return report.says("closed") && !report.says("never closed") ? 672 : 775;
}

}  // namespace

constinit const PathRule kPms118ResourceLeak = {
    {"PMS118", "resource-leak", "Descriptors and streams are closed once, and not used after.", report::Level::kShould,
     775},
    claims,
    cwe};

}  // namespace proofmark::analyze
