// SPDX-License-Identifier: Apache-2.0
//
// The join inside one unit: its flags, its source functions and its realised functions; see join.h.
#pragma once

#include <span>

#include "report/join.h"

namespace proofmark::report {

// What is known of one unit. Null pointers and empty spans: that layer says nothing of it.
struct UnitMaterial {
  const UnitLayers* layers = nullptr;
  std::vector<const RealisedFunction*> realised;
  std::vector<Finding> findings;
};

// Fills functions, findings, and of the cells what the flags say; `unit` already has its name and coverage.
void judge_unit(const UnitMaterial& material, std::span<const Protection> protections, JoinedUnit& unit);

// Completes the cells from the functions. A step of its own, since waivers may have been applied to these meanwhile. Link
// losses come later: they are about all units at once.
void conclude_unit(const UnitMaterial& material, std::span<const Protection> protections, JoinedUnit& unit);

}  // namespace proofmark::report
