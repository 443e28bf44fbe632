// SPDX-License-Identifier: Apache-2.0
//
// Rules about the tools rather than the code (PMT###): what kept Proofmark from judging a unit, and protections that a
// compiler does not have.
#pragma once

#include <span>
#include <vector>

#include "report/finding.h"

namespace proofmark::analyze {

extern const report::RuleInfo kPmt001UnitNotAnalysed, kPmt002CompilerLacks, kPmt003FlagsUnknown, kPmt004AssemblyUnit,
    kPmt005FrameLayout, kPmt006GccNotHeard;

// Every rule of `check`, sorted by id.
std::vector<report::RuleInfo> all_rules();

}  // namespace proofmark::analyze
