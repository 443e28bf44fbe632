// SPDX-License-Identifier: Apache-2.0
//
// The whole of `check`: judges the flags of each unit, parses it, and joins everything into one evidence record.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compile/database.h"
#include "compile/resolver.h"
#include "engine/fix_plan.h"
#include "engine/unit_runs.h"
#include "report/layers.h"

namespace proofmark::analyze {

struct CheckOptions {
  ParseSettings parse;
  bool gcc_diagnostics = false;  // GCCs are started again for what they find themselves
  Relocation relocation{{}, {}};
  ResultCache* cache = nullptr;  // results of other runs; null: none
  ResolverOptions resolver;
  std::optional<std::set<std::string>> changed;  // only units that these files concern
  std::vector<LinkCommand> links;                // judged by the link rules
  bool shallow = false;                          // paths are followed less far than the policy asks for
  bool fixes = false;                            // CheckOutcome::fixes is wanted
  unsigned jobs = 1;
  std::function<void(const Progress&)> progress;  // may be empty
};

struct CheckOutcome {
  std::vector<report::Finding> findings;
  std::vector<report::CheckedUnit> units;
  std::vector<report::UnitLayers> layers;      // of the unit with the same index, then of the link steps
  std::vector<std::string> properties;         // held by every unit
  std::vector<report::Waiver> source_waivers;  // that comments of the units hold
  std::vector<UnitFixes> fixes;                // only when asked for
  std::vector<std::string> broken;             // properties that a unit lacks
  std::set<std::string> files_read;            // sources and headers, absolute
  size_t from_cache = 0, fresh = 0;            // units that needed no analysis, and the others
  size_t analyses = 0;                         // that were run
  PathWork paths;                              // in them
  bool incomplete = false;                     // a unit could not be judged
  ToolchainFile toolchain;                     // what the compilers answered
};

CheckOutcome check_units(const std::vector<CompileCommand>& commands, const CheckOptions& options);

}  // namespace proofmark::analyze
