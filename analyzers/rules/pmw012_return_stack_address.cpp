// SPDX-License-Identifier: Apache-2.0
//
// PMW012: a function returns the address of its own local variable, which is gone when the caller uses it.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw012ReturnStackAddress = {
    {"PMW012", "return-stack-address", "No function returns the address of its own local variable.",
     report::Level::kMust, 562},
    "return-stack-address",
    nullptr};

}  // namespace proofmark::analyze
