// SPDX-License-Identifier: Apache-2.0
//
// PMT001: a unit that could not be parsed, or whose analysis crashed or took too long. Nothing is known about it, so the
// answer for the whole is "could not tell", never "yes".
#include "rules/unit_rules.h"

namespace proofmark::analyze {

constinit const report::RuleInfo kPmt001UnitNotAnalysed = {
    "PMT001", "unit-not-analysed", "Every unit is parsed and analysed to the end.", report::Level::kMust, 0};

}  // namespace proofmark::analyze
