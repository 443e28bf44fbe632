// SPDX-License-Identifier: Apache-2.0
//
// The whole of `check`: judges the flags of each unit, parses it, and joins everything into one evidence record.
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "compile/database.h"
#include "compile/resolver.h"
#include "engine/unit_result.h"
#include "report/layers.h"

namespace proofmark::analyze {

struct CheckOptions {
  ParseSettings parse;
  ResolverOptions resolver;
  std::vector<LinkCommand> links;  // judged by the link rules
  unsigned jobs = 1;
  std::function<void(size_t done, size_t total)> progress;  // may be empty
};

struct CheckOutcome {
  std::vector<report::Finding> findings;
  std::vector<report::CheckedUnit> units;
  std::vector<report::UnitLayers> layers;  // of the unit with the same index, then of the link steps
  std::vector<std::string> properties;     // held by every unit
  std::set<std::string> files_read;        // sources and headers, absolute
  bool incomplete = false;                 // a unit could not be judged
  ToolchainFile toolchain;                 // what the compilers answered
};

CheckOutcome check_units(const std::vector<CompileCommand>& commands, const CheckOptions& options);

}  // namespace proofmark::analyze
