// SPDX-License-Identifier: Apache-2.0
//
// Which fixes can be made, and what becomes of the files. Nothing is written here. A fix is made as a whole or not at all,
// and only where every unit that reads the file says the same of it: what cures a header for one unit may break another.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/fix.h"

namespace proofmark::analyze {

struct UnitFixes {
  std::string unit;
  std::vector<Fix> fixes;
  std::vector<std::string> files;  // that it reads, absolute
};

// Only files below `project` are changed, but none below `build` (generated ones). Real paths; an empty project has no
// files, an empty build directory neither.
struct FixPlaces {
  std::filesystem::path project, build;
};

struct FixedFile {
  std::filesystem::path file;  // the real one
  std::string before, after;
};

struct FixVerdict {
  std::string rule;
  report::Location where;
  std::string refusal;                       // why the fix is not made; empty when it is
  std::vector<std::filesystem::path> files;  // that it changes
};

struct FixPlan {
  std::vector<FixedFile> files;
  std::vector<FixVerdict> verdicts;  // of the findings that have a fix, in the order of `findings`
};

// `findings`: those to cure, sorted.
FixPlan plan_fixes(const std::vector<UnitFixes>& units, const std::vector<report::Finding>& findings,
                   const FixPlaces& places);

}  // namespace proofmark::analyze
