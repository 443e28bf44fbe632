// SPDX-License-Identifier: Apache-2.0
//
// PMS302: a pragma makes an error a mere warning: "diagnostic warning" outranks -Werror=x in GCC and in Clang.
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/diagnostic_pragmas.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

void on_facts(const SourceFacts& facts, SourceContext& context) {
  for (const DiagnosticPragma& pragma : diagnostic_pragmas(facts)) {
    if (pragma.action != DiagnosticPragma::Action::kWarning) continue;
    const TouchedErrors touched = touched_errors(pragma, context);
    std::vector<std::string> errors = touched.named;
    errors.insert(errors.end(), touched.members.begin(), touched.members.end());
    if (errors.empty()) continue;
    context.report(kPms302DowngradedError, pragma.fact->where,
                   fmt::format("pragma turns {} from an error into a warning", list_options(errors)),
                   "remove the pragma; the warning is on already");
  }
}

}  // namespace

constinit const SourceRule kPms302DowngradedError = {
    .info = {"PMS302", "downgraded-error", "No pragma turns an error into a warning.", report::Level::kMust, 1127},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
