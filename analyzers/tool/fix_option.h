// SPDX-License-Identifier: Apache-2.0
//
// `check --fix`: makes the fixes of what was found, or shows them as a patch.
#pragma once

#include <vector>

#include <CLI/CLI.hpp>

#include "engine/fix_plan.h"
#include "report/review.h"

namespace proofmark::analyze {

enum class FixMode { kNone, kApply, kDiff };

void add_fix_option(CLI::App& verb, FixMode& mode);

// Cures what is neither waived nor excused, and says on standard error what was cured and what was not, and why. The patch
// goes to standard output. An error where a file cannot be written; others may have been.
report::Result<void> make_fixes(FixMode mode, const report::Review& review, const std::vector<UnitFixes>& units,
                                const FixPlaces& places);

}  // namespace proofmark::analyze
