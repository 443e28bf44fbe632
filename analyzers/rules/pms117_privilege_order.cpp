// SPDX-License-Identifier: Apache-2.0
//
// PMS117: after setuid the right to change the group is gone, so that setgid behind it fails and the group stays.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  return report.from("security.SetgidSetuidOrder");
}

}  // namespace

constinit const PathRule kPms117PrivilegeOrder = {
    {"PMS117", "privilege-order", "The group is given up before the user.", report::Level::kMust, 696}, claims};

}  // namespace proofmark::analyze
