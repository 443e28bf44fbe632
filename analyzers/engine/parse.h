// SPDX-License-Identifier: Apache-2.0
//
// One parse of one unit that serves the compiler's warnings, our own rules on the syntax tree and the path-sensitive
// analyzer. It changes the process's directory and may crash with Clang: run it in a process of its own.
#pragma once

#include "engine/unit_reads.h"
#include "engine/unit_result.h"

namespace proofmark::analyze {

// `gcc_diagnostics`: the unit's compiler, when it is a GCC, is started for what it finds itself. An analysed unit of which
// it says nothing has a failure, too.
// `reads`: all that was looked at on the way, whether or not it came to a result.
UnitResult parse_unit(const Unit& unit, const EffectiveFlags& effective, const ParseSettings& settings,
                      UnitReads& reads, bool gcc_diagnostics = false);

}  // namespace proofmark::analyze
