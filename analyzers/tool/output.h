// SPDX-License-Identifier: Apache-2.0
//
// What check and merge share: choosing the format, and writing report and evidence.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "report/layers.h"
#include "report/report.h"

namespace proofmark::analyze {

struct OutputOptions {
  std::string format = "text";
  std::string file;      // report; empty = standard output
  std::string evidence;  // empty = none
  std::string layers;    // empty = none
};

void add_output_options(CLI::App& verb, OutputOptions& options);

// Writes all of them and returns the verdict; an unwritable file is "could not tell".
report::ExitCode write_outputs(const OutputOptions& options, const report::Layers& layers, bool incomplete);

// Prints the error; for `return fail(...)`.
report::ExitCode fail(const report::Error& error, report::ExitCode code = report::ExitCode::kCannotTell);

}  // namespace proofmark::analyze
