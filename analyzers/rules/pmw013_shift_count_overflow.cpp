// SPDX-License-Identifier: Apache-2.0
//
// PMW013: a shift by the width of the type or more; processors disagree about the result.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw013ShiftCountOverflow = {
    {"PMW013", "shift-count-overflow", "No shift is wider than its type.", report::Level::kMust, 1335},
    "shift-count-overflow",
    nullptr};

}  // namespace proofmark::analyze
