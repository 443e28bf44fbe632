// SPDX-License-Identifier: Apache-2.0
//
// PMW007: a variable is used before it got a value, as the compiler's flow analysis sees it; PMS109 sees more.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw007Uninitialized = {
    {"PMW007", "uninitialized", "No variable is used before it has a value.", report::Level::kMust, 457},
    "uninitialized",
    nullptr};

}  // namespace proofmark::analyze
