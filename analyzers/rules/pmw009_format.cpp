// SPDX-License-Identifier: Apache-2.0
//
// PMW009: arguments of printf and scanf do not fit the format: too few, or of another type.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw009Format = {
    {"PMW009", "format", "Arguments fit the format string they are printed or read with.", report::Level::kMust, 686},
    "format",
    nullptr};

}  // namespace proofmark::analyze
