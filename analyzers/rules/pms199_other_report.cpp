// SPDX-License-Identifier: Apache-2.0
//
// PMS199: reports of checkers that no other rule claims. They are shown under their own words, so none is lost.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport&) {
  return true;
}

}  // namespace

constinit const PathRule kPms199OtherReport = {
    {"PMS199", "other-analyzer-report", "Other reports of the path-sensitive analyzer are shown.",
     report::Level::kShould, 0},
    claims};

}  // namespace proofmark::analyze
