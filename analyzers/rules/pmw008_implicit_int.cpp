// SPDX-License-Identifier: Apache-2.0
//
// PMW008: a declaration without a type; C89 made it int, C99 took that away.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw008ImplicitInt = {
    {"PMW008", "implicit-int", "Every declaration names its type.", report::Level::kMust, 704},
    "implicit-int",
    nullptr};

}  // namespace proofmark::analyze
