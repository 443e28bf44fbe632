// SPDX-License-Identifier: Apache-2.0
//
// PMW004: a format string that is not a literal: whoever controls it reads and writes memory with %n and %s.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw004FormatSecurity = {
    {"PMW004", "format-security", "Format strings are literals.", report::Level::kMust, 134},
    "format-security",
    nullptr};

}  // namespace proofmark::analyze
