// SPDX-License-Identifier: Apache-2.0
//
// PMS305: "#pragma GCC system_header" makes a header of the project one of the system, in which no warning is shown and
// no error can come of one. In a source file both compilers refuse it with a warning.
#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "engine/source_facts.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

void on_facts(const SourceFacts& facts, SourceContext& context) {
  const clang::SourceManager& sources = context.sources();
  for (const PragmaFact& pragma : facts.pragmas) {
    const bool counts = pragma.text == "GCC system_header" || pragma.text == "clang system_header";
    if (!counts || sources.getFileID(sources.getFileLoc(pragma.where)) == sources.getMainFileID()) continue;
    context.report(kPms305SystemHeader, pragma.where,
                   "pragma hides every warning and -Werror in the rest of this header",
                   "remove the pragma and cure what shows up");
  }
}

}  // namespace

constinit const SourceRule kPms305SystemHeader = {
    .info = {"PMS305", "system-header", "No header of the project calls itself a system header.", report::Level::kMust,
             1127},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
