// SPDX-License-Identifier: Apache-2.0
//
// PMW003: a pointer to one type is used as a pointer to another without a cast, functions included.
#include "rules/warning_rule.h"

namespace proofmark::analyze {

constinit const WarningRule kPmw003IncompatiblePointers = {
    {"PMW003", "incompatible-pointer-types", "No pointer silently changes the type it points to.", report::Level::kMust,
     843},
    "incompatible-pointer-types",
    nullptr};

}  // namespace proofmark::analyze
