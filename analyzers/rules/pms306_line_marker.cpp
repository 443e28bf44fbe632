// SPDX-License-Identifier: Apache-2.0
//
// PMS306: a line marker with the flag 3 says that what follows came from a system header. Preprocessed and generated code
// has such lines; in a source file a single one hides every warning, -Werror included, to the next marker.
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "engine/source_facts.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

bool is_preprocessed(const std::string& source) {
  return source.ends_with(".i") || source.ends_with(".ii");
}

void on_facts(const SourceFacts& facts, SourceContext& context) {
  if (is_preprocessed(context.unit().source)) return;
  for (const LineMarkerFact& marker : facts.line_markers)
    if (marker.system_header)
      context.report(
          kPms306LineMarker, marker.where,
          fmt::format("line marker \"{}\" with flag 3 hides every warning and -Werror after it", marker.file),
          "remove the flag, or write #line");
}

}  // namespace

constinit const SourceRule kPms306LineMarker = {
    .info = {"PMS306", "line-marker", "No line marker declares source text to be a system header.",
             report::Level::kMust, 1127},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
