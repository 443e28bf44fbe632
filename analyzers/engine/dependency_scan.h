// SPDX-License-Identifier: Apache-2.0
//
// What a unit would read, found out by its preprocessor alone.
#pragma once

#include "engine/unit_reads.h"
#include "engine/unit_result.h"

namespace proofmark::analyze {

// Empty when it cannot be told. Like parse_unit, for a process of its own.
UnitReads scan_unit(const Unit& unit, const EffectiveFlags& effective, const ParseSettings& settings);

}  // namespace proofmark::analyze
