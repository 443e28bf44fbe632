// SPDX-License-Identifier: Apache-2.0
//
// What check and merge share: choosing the format, and writing report and evidence.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "report/layers.h"
#include "report/review.h"
#include "tool/novelty_options.h"
#include "tool/shards.h"

namespace proofmark::analyze {

struct OutputOptions {
  std::string format = "text";
  bool no_report = false;  // unless it goes to a file
  std::string file;        // report; empty = standard output
  std::string evidence;    // empty = none
  std::string layers;      // empty = none
  std::string root;        // what paths in reports are relative to; empty = the current directory
  NoveltyOptions novelty;
  Shard shard;  // which the evidence and layers say they are
};

void add_output_options(CLI::App& verb, OutputOptions& options);

// Tells which findings are new. Baseline and diff excuse findings in the report and in the exit code, never in the evidence.
report::Review make_review(const OutputOptions& options, const NoveltySources& sources,
                           const report::Evidence& evidence, bool incomplete);

// Writes all of the files and returns the verdict; an unwritable one is "could not tell".
report::ExitCode write_outputs(const OutputOptions& options, const report::Layers& layers,
                               const report::Review& review);

// Prints the error; for `return fail(...)`.
report::ExitCode fail(const report::Error& error, report::ExitCode code = report::ExitCode::kCannotTell);

}  // namespace proofmark::analyze
