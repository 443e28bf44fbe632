// SPDX-License-Identifier: Apache-2.0
//
// PMT003: the compiler could not be asked what the flags of a unit mean: it is missing, has an unknown name, or refuses
// the flags.
#include "rules/unit_rules.h"

namespace proofmark::analyze {

constinit const report::RuleInfo kPmt003FlagsUnknown = {
    "PMT003", "effective-flags-unknown", "The compiler can be asked what its flags mean.", report::Level::kMust, 0};

}  // namespace proofmark::analyze
