// SPDX-License-Identifier: Apache-2.0
//
// Waivers in the comments of a unit's sources. Only real comments of project code that the unit compiles: the text of a
// string, the body of a macro, a branch that is switched off and a system header hold none.
#pragma once

#include "engine/source_context.h"
#include "engine/source_facts.h"
#include "engine/unit_result.h"

namespace proofmark::analyze {

// To be called when the parse is over. A waiver covers its own line if there is code beside it, else the next line of
// code; one that can't be understood becomes a finding (PMX003).
void collect_source_waivers(const SourceFacts& facts, const SourceContext& context, UnitResult& result);

}  // namespace proofmark::analyze
