// SPDX-License-Identifier: Apache-2.0
//
// PMW011: the compiler can prove that a library call writes more than its destination holds.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw011FortifySource = {
    {"PMW011", "fortify-source", "No library call is given a size that its destination cannot hold.",
     report::Level::kMust, 787},
    "fortify-source",
    nullptr};

}  // namespace proofmark::analyze
