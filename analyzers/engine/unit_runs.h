// SPDX-License-Identifier: Apache-2.0
//
// Gets the results of all units with as few analyses as possible: from the cache, once for units that are alike, and the
// rest in processes of their own, the longest first.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "compile/effective.h"
#include "engine/result_cache.h"
#include "engine/unit_result.h"

namespace proofmark::analyze {

struct UnitJob {
  const Unit* unit = nullptr;
  std::shared_ptr<const EffectiveFlags> effective;
};

// How far a run is. Units differ a thousandfold in time, so what is left is told by the costs of earlier runs.
struct Progress {
  size_t done = 0, total = 0;            // units to analyse
  double cost_done = 0, cost_total = 0;  // in any unit of time
};

struct RunOptions {
  const ParseSettings& settings;
  const Relocation& relocation;
  unsigned jobs = 1;
  ResultCache* cache = nullptr;                        // null: every unit is analysed
  std::function<void(const Progress&)> progress = {};  // may be empty
  bool gcc_diagnostics = false;                        // GCCs are started again for what they find themselves
};

struct UnitRuns {
  std::vector<UnitResult> results;  // of the job with the same index
  size_t from_cache = 0;            // units
  size_t analyses = 0;              // that were run
  PathWork paths;                   // in them
};

UnitRuns run_units(const std::vector<UnitJob>& jobs, const RunOptions& options);

}  // namespace proofmark::analyze
