// SPDX-License-Identifier: Apache-2.0
//
// PMW091: warnings that the unit asks for and nobody made an error; shown, never blocking.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw091CompilerWarning = {
    {"PMW091", "compiler-warning", "Other compiler warnings are shown.", report::Level::kAdvisory, 0}, "", nullptr};

}  // namespace proofmark::analyze
