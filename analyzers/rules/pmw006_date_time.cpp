// SPDX-License-Identifier: Apache-2.0
//
// PMW006: __DATE__ and __TIME__ make every build different, so that nobody can rebuild and compare a signed binary.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw006DateTime = {
    {"PMW006", "date-time", "No build time is compiled in (__DATE__, __TIME__).", report::Level::kMust, 0},
    "date-time",
    nullptr};

}  // namespace proofmark::analyze
