// SPDX-License-Identifier: Apache-2.0
//
// What an assembly unit's object says of itself. The unit is assembled with its own command into a scratch file, because
// includes, macros and conditions decide which notes it has.
#pragma once

#include "compile/effective.h"
#include "rules/assembly_rule.h"

namespace proofmark::analyze {

// `effective`: null when the compiler could not be asked. Then, and when nothing `may_execute`, the text alone is judged.
AssemblyFacts assembly_facts(const Unit& unit, const EffectiveFlags* effective, bool may_execute);

}  // namespace proofmark::analyze
