// SPDX-License-Identifier: Apache-2.0
//
// Which units a change concerns: those that read one of the changed files, or looked for one that is new. What a unit
// reads is known from earlier runs, else its text is preprocessed, which takes a hundredth of its analysis.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "compile/database.h"
#include "compile/resolver.h"
#include "engine/unit_runs.h"

namespace proofmark::analyze {

// `changed`: real paths, also of files that are gone. A unit of which it cannot be told is one of those concerned.
std::vector<CompileCommand> changed_units(const std::vector<CompileCommand>& commands,
                                          const std::set<std::string>& changed, FlagResolver& resolver,
                                          const RunOptions& options);

}  // namespace proofmark::analyze
