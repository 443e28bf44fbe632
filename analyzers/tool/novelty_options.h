// SPDX-License-Identifier: Apache-2.0
//
// --baseline, --write-baseline and --diff: which findings are this change's own.
#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "report/baseline.h"
#include "tool/changed_lines.h"

namespace proofmark::analyze {

struct NoveltyOptions {
  std::string baseline, write_baseline, diff;
};

void add_novelty_options(CLI::App& verb, NoveltyOptions& options);

// What the options name, read before the work begins.
struct NoveltySources {
  std::optional<report::Baseline> baseline;
  std::optional<ChangedLines> changes;

  static report::Result<NoveltySources> read(const NoveltyOptions& options);
  // Sets the novelty of the findings, and what is gone.
  void apply(report::Review& review) const;
};

}  // namespace proofmark::analyze
