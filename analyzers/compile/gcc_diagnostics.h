// SPDX-License-Identifier: Apache-2.0
//
// What a GCC says about a unit: the command that makes it say so, and its answer. Its static analyzer and the warnings of
// its optimiser see what Clang does not; GCC 9 and later tell them as JSON. The answer comes from a program that a build
// named, so nothing in it is believed to have the right shape.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compile/effective.h"

namespace proofmark::analyze {

struct GccDiagnostic {
  bool is_error = false;
  std::string option;  // "-Wanalyzer-double-free", "-Wstringop-overflow"; empty when no option silences it
  std::string message;
  int cwe = 0;  // 0: not told
  report::Location where;
  std::vector<report::PathStep> path;  // what leads to it, and notes
};

// The unit's own command with the warnings `asked` in place of its own, and no output. FORTIFY is undefined as in the
// parse view, link-time optimisation is off, since it would put off what the optimiser has to say.
Words gcc_diagnostics_command(const Unit& unit, const EffectiveFlags& effective, const Words& asked);

// Of standard error. Relative names are made absolute by `directory`. An error when it holds no JSON that can be read.
report::Result<std::vector<GccDiagnostic>> read_gcc_diagnostics(std::string_view text,
                                                                const std::filesystem::path& directory);

}  // namespace proofmark::analyze
