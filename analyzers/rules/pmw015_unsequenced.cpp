// SPDX-License-Identifier: Apache-2.0
//
// PMW015: one expression changes a variable twice, or changes and reads it, in no defined order.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw015Unsequenced = {
    {"PMW015", "unsequenced", "No expression changes and uses a variable in undefined order.", report::Level::kMust,
     758},
    "unsequenced",
    nullptr};

}  // namespace proofmark::analyze
