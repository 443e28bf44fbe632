// SPDX-License-Identifier: Apache-2.0
//
// PMW014: memset(p, 0, sizeof(p)) clears the size of a pointer, not of what it points to.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw014SizeofPointer = {
    {"PMW014", "sizeof-pointer-memaccess", "The size given to a memory function is not that of a pointer.",
     report::Level::kMust, 467},
    "sizeof-pointer-memaccess",
    nullptr};

}  // namespace proofmark::analyze
