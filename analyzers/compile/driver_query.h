// SPDX-License-Identifier: Apache-2.0
//
// What is said to compilers and linkers, and the programs started for it. Nothing is remembered here.
#pragma once

#include "compile/effective.h"
#include "compile/link_effective.h"
#include "compile/question.h"

namespace proofmark::analyze {

report::Result<EffectiveFlags> query_flags(const Question& question);

// What the compiler says about a source that it gets on standard input; the question's own flags are not used, only
// `flags`. Refused flags are an error, a source with errors is none.
report::Result<std::string> query_diagnostics(const Question& question, const std::string& source, const Words& flags);

// The assembly that the compiler writes for a source; only the question's flags are used.
report::Result<std::string> query_assembly(const Question& question, const std::string& source);

// The link step of a driver, and that of a linker which is started directly with `argv`.
report::Result<EffectiveLink> query_link(const Question& question);
report::Result<EffectiveLink> query_linker(const Question& question, const Words& argv);

}  // namespace proofmark::analyze
