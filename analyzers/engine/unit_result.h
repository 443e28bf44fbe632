// SPDX-License-Identifier: Apache-2.0
//
// What one parse of one unit needs, and what it gives.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "compile/effective.h"
#include "report/layers.h"
#include "report/policy.h"

namespace proofmark::analyze {

struct ParseSettings {
  const report::Policy* policy = nullptr;
  std::string resource_dir;
  std::string artifact;                // what the units are linked into, of report::kArtifacts; empty = not known
  std::vector<std::string> enforced;   // warnings that are errors
  unsigned max_nodes = 0;              // budget of the path-sensitive analysis per function
  std::chrono::seconds time_limit{0};  // per unit
  std::string project_root;            // the directory that holds all sources, real path; empty: unknown
  bool function_facts = false;         // UnitResult::functions is wanted
};

struct UnitResult {
  bool analysed = false;
  std::string failure;  // why not
  std::vector<report::Finding> findings;
  std::vector<report::SourceFunction> functions;  // only when asked for
  std::vector<std::string> files_read;            // the source and every header, absolute
};

}  // namespace proofmark::analyze
