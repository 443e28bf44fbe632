// SPDX-License-Identifier: Apache-2.0
//
// PMW090: the unit's own command line makes this warning an error, or the compiler does by default. The build would stop
// here, so the check does too.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw090UnitWerror = {
    {"PMW090", "unit-werror", "What the unit's own flags make an error is one here too.", report::Level::kMust, 0},
    "",
    nullptr};

}  // namespace proofmark::analyze
