// SPDX-License-Identifier: Apache-2.0
//
// Options about what is new; see novelty_options.h.
#include "tool/novelty_options.h"

namespace proofmark::analyze {

void add_novelty_options(CLI::App& verb, NoveltyOptions& options) {
  verb.add_option("--baseline", options.baseline,
                  "findings in FILE (evidence, JSON, SARIF or a baseline of an earlier run) don't fail this run")
      ->type_name("FILE");
  verb.add_option("--write-baseline", options.write_baseline, "write what is found now as a baseline to FILE")
      ->type_name("FILE");
  verb.add_option("--diff", options.diff, "only findings on lines changed since BASE, a git revision, fail this run")
      ->type_name("BASE");
}

report::Result<NoveltySources> NoveltySources::read(const NoveltyOptions& options) {
  NoveltySources sources;
  if (!options.baseline.empty()) {
    auto baseline = report::Baseline::load(options.baseline);
    if (!baseline) return tl::unexpected(baseline.error());
    sources.baseline = std::move(*baseline);
  }
  if (!options.diff.empty()) {
    auto changes = ChangedLines::since(options.diff);
    if (!changes) return tl::unexpected(changes.error());
    sources.changes = std::move(*changes);
  }
  return sources;
}

void NoveltySources::apply(report::Review& review) const {
  if (baseline) baseline->apply(review);
  if (changes) changes->apply(review.findings);
}

}  // namespace proofmark::analyze
