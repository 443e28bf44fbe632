// SPDX-License-Identifier: Apache-2.0
//
// What one parse of one unit needs, and what it gives.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compile/effective.h"
#include "engine/fix.h"
#include "report/layers.h"
#include "report/policy.h"

namespace proofmark::analyze {

class CacheDirectory;

struct ParseSettings {
  const report::Policy* policy = nullptr;
  std::string resource_dir;
  std::string artifact;                  // what the units are linked into, of report::kArtifacts; empty = not known
  std::vector<std::string> enforced;     // warnings that are errors
  unsigned max_nodes = 0;                // budget of the path-sensitive analysis per function
  unsigned quiet_nodes = 0;              // without anything new, after which it ends early; 0: never
  std::chrono::seconds time_limit{0};    // per unit
  std::string project_root;              // the directory that holds all sources, real path; empty: unknown
  const CacheDirectory* kept = nullptr;  // results of single functions; null: none
  bool keep = true;                      // new ones, too
  bool function_facts = false;           // UnitResult::functions is wanted
};

// Functions that the path-sensitive analysis explored, and those whose results came from earlier runs.
struct PathWork {
  unsigned explored = 0, kept = 0;
};

struct UnitResult {
  bool analysed = false;
  std::string failure;   // why not
  bool lasting = false;  // the cause of the failure is in what decides results: the next run would fail alike
  std::vector<report::Finding> findings;
  std::vector<Fix> fixes;  // of some of the findings, and of some that another has made superfluous
  std::vector<report::SourceFunction> functions;  // only when asked for
  std::vector<std::string> files_read;            // the source and every header, absolute
  std::vector<report::Waiver> waivers;            // that its comments hold, those of headers, too
  PathWork paths;                                 // of this run: no part of the forms below

  // Whether another run on the same inputs would come to it.
  bool may_be_kept() const { return failure.empty() ? analysed : lasting; }
};

UnitResult failed_unit(std::string why);

// The form in which a worker hands its result over, and in which it is kept for later runs. Nothing comes back of a text
// that is not such a form in every member.
std::string unit_result_to_json(const UnitResult& result);
std::optional<UnitResult> unit_result_from_json(std::string_view text);

}  // namespace proofmark::analyze
