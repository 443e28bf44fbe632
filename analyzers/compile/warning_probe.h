// SPDX-License-Identifier: Apache-2.0
//
// Code that provokes warnings, and the reading of what the compilers say about it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compile/warning_state.h"

namespace proofmark::analyze {

// One line of a compiler's output.
struct Diagnostic {
  bool is_error = false;
  std::string option;  // "-Wformat-security" without -W, "fpermissive"; empty = none is named
};

std::vector<Diagnostic> read_diagnostics(std::string_view text);

// Of `names`, those that can be provoked in this language: C has warnings that C++ makes errors of its own.
std::vector<std::string> probed_warnings(const std::vector<std::string>& names, Language language, CompilerKind kind);

// A unit that provokes each of `names` once and, as far as possible, nothing else: an unrelated error would keep GCC from
// the passes that some warnings come from.
std::string probe_source(const std::vector<std::string>& names);

// Compiles a source with flags, and returns what the compiler said.
using CompileProbe = std::function<report::Result<std::string>(const std::string& source, const Words& flags)>;

// An error hides what later passes would have said, so what has not spoken is asked again without what has.
report::Result<WarningLevels> probe_levels(const std::vector<std::string>& names, const Words& flags,
                                           const CompileProbe& compile);

}  // namespace proofmark::analyze
