// SPDX-License-Identifier: Apache-2.0
//
// What the conditions of a policy may ask about a translation unit.
#pragma once

#include <string>

#include "compile/effective.h"
#include "report/policy_levels.h"

namespace proofmark::analyze {

// `artifact`: what the unit becomes a part of, of report::kArtifacts; empty when the caller does not know. Kernel code is
// told by the definition that the kernel's build gives.
report::PolicyContext policy_context(const Unit& unit, const EffectiveFlags& effective, const std::string& artifact);

}  // namespace proofmark::analyze
