// SPDX-License-Identifier: Apache-2.0
//
// PMS301: a pragma names a warning that is an error and switches it off. The build passes, and so would the policy's
// warnings in this check, whose parser obeys the pragma too.
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/diagnostic_pragmas.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

void on_facts(const SourceFacts& facts, SourceContext& context) {
  for (const DiagnosticPragma& pragma : diagnostic_pragmas(facts)) {
    if (pragma.action != DiagnosticPragma::Action::kIgnored) continue;
    const TouchedErrors touched = touched_errors(pragma, context);
    if (touched.named.empty()) continue;
    context.report(kPms301IgnoredError, pragma.fact->where,
                   fmt::format("pragma silences {}, which is an error in this unit", list_options(touched.named)),
                   "cure what the warning says, or waive the finding with the reason");
  }
}

}  // namespace

constinit const SourceRule kPms301IgnoredError = {
    .info = {"PMS301", "ignored-error", "No pragma switches off a warning that is an error.", report::Level::kMust,
             1127},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
