// SPDX-License-Identifier: Apache-2.0
//
// PMW010: a constant index lies outside its array; PMS101 to PMS104 follow the ones that are not constant.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw010ArrayBounds = {
    {"PMW010", "array-bounds", "No constant index lies outside its array.", report::Level::kMust, 125},
    "array-bounds",
    nullptr};

}  // namespace proofmark::analyze
