// SPDX-License-Identifier: Apache-2.0
//
// What GCC's own analyzer and optimiser find in a unit, as findings beside ours.
#pragma once

#include "engine/unit_result.h"

namespace proofmark::analyze {

// Starts the unit's compiler, which is a GCC, and appends what it finds in files of the project; what cannot be heard is a
// finding (PMT006) and the result's failure. `settings.policy` is the policy for this unit. The driver was allowed when
// its flags were resolved.
void append_gcc_findings(const Unit& unit, const EffectiveFlags& effective, const ParseSettings& settings,
                         UnitResult& result);

// Whether `one`, a finding of GCC, says in its line nothing that `other`, in the same line, does not say as strictly.
bool gcc_is_superfluous(const report::Finding& one, const report::Finding& other);

}  // namespace proofmark::analyze
