// SPDX-License-Identifier: Apache-2.0
//
// PMS303: a pragma switches off a group, and with it errors that it does not name: -Weverything, -Wall, -Wformat. GCC only
// looks at the name, so this is about what Clang builds, and about what this check would see of GCC's units.
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
    if (touched.members.empty()) continue;
    context.report(kPms303IgnoredGroup, pragma.fact->where,
                   fmt::format("pragma -W{} also silences {}{}", pragma.option, list_options(touched.members),
                               context.for_gcc() ? " in this check, though not in GCC" : ""),
                   "name the one warning that is meant");
  }
}

}  // namespace

constinit const SourceRule kPms303IgnoredGroup = {
    .info = {"PMS303", "ignored-group", "No pragma switches off a group that holds errors.", report::Level::kMust,
             1127},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
