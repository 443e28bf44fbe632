// SPDX-License-Identifier: Apache-2.0
//
// PMW005: a function that must return a value ends without one; its caller uses whatever a register held.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw005ReturnType = {
    {"PMW005", "return-type", "Every path of a function returns the value it promises.", report::Level::kMust, 758},
    "return-type",
    nullptr};

}  // namespace proofmark::analyze
