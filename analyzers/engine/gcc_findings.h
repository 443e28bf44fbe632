// SPDX-License-Identifier: Apache-2.0
//
// What GCC's own analyzer and optimiser find in a unit, as findings beside ours.
#pragma once

#include "engine/function_facts.h"
#include "engine/unit_reads.h"
#include "engine/unit_result.h"

namespace proofmark::analyze {

// Starts the unit's compiler, which is a GCC, and appends what it finds in files of the project; what cannot be heard is a
// finding (PMT006) and the result's failure. `settings.policy` is the policy for this unit. The driver was allowed when
// its flags were resolved.
void append_gcc_findings(const Unit& unit, const EffectiveFlags& effective, const ParseSettings& settings,
                         const UnitReads& reads, UnitResult& result);

// Whether `one`, a finding of GCC, says in its line nothing that `other`, in the same line, does not say as strictly.
bool gcc_is_superfluous(const report::Finding& one, const report::Finding& other);

// Drops GCC's leaks of what another finding says that it leaks, in the same function and as strictly. The two name
// different lines: GCC the branch that leads to the loss, Clang the statement after which it is certain. That they are one
// is told by where the memory or the stream comes from.
void drop_leaks_told_twice(const std::vector<FunctionLines>& functions, std::vector<report::Finding>& findings);

}  // namespace proofmark::analyze
