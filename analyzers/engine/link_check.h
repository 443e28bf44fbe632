// SPDX-License-Identifier: Apache-2.0
//
// Runs the link rules on the link steps of a build.
#pragma once

#include <vector>

#include "compile/resolver.h"
#include "report/layers.h"

namespace proofmark::report {
class Policy;
}

namespace proofmark::analyze {

struct LinkOutcome {
  std::vector<report::Finding> findings;   // about the linked file, which is their unit
  std::vector<report::UnitLayers> layers;  // one for each link step
  bool incomplete = false;                 // a driver could not be asked
};

LinkOutcome check_links(const std::vector<LinkCommand>& links, FlagResolver& resolver, const report::Policy& policy);

}  // namespace proofmark::analyze
