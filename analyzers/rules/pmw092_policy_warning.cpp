// SPDX-License-Identifier: Apache-2.0
//
// PMW092: a warning that the policy lists as an error and that has no rule, and so no CWE id, of its own.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw092PolicyWarning = {
    {"PMW092", "policy-warning", "Every other warning in the policy's list is an error.", report::Level::kMust, 0},
    "",
    nullptr};

}  // namespace proofmark::analyze
