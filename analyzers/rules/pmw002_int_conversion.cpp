// SPDX-License-Identifier: Apache-2.0
//
// PMW002: a pointer becomes an integer or the reverse without a cast; on 64-bit targets half of it is lost.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw002IntConversion = {
    {"PMW002", "int-conversion", "No pointer becomes an integer, or the reverse, without a cast.", report::Level::kMust,
     704},
    "int-conversion",
    nullptr};

}  // namespace proofmark::analyze
