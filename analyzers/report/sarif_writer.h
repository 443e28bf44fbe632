// SPDX-License-Identifier: Apache-2.0
//
// Findings as SARIF 2.1.0, one run, for GitHub, GitLab and editors. The output depends on nothing but the findings and
// the sources (no time, no absolute path below the root), so two runs can be compared byte for byte.
#pragma once

#include <string>

#include "report/review.h"

namespace proofmark::report {

// Waived findings are included and marked as suppressed. Paths are relative to the report's root (base id %SRCROOT%).
// Each result has a fingerprint of rule, file and source line text that survives the line's moving up or down. GitHub's
// limits are kept; what was left out for them is said in the run's notifications.
std::string to_sarif(const Review& review);

}  // namespace proofmark::report
