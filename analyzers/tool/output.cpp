// SPDX-License-Identifier: Apache-2.0
//
// Report and evidence output; see output.h.
#include "tool/output.h"

#include <cstdio>

#include <fmt/format.h>

#include "report/file.h"
#include "report/sarif_writer.h"
#include "report/text_writer.h"
#include "report/waivers.h"
#include "rules/unit_rules.h"

namespace proofmark::analyze {

void add_output_options(CLI::App& verb, OutputOptions& options) {
  verb.add_option("--format", options.format, "text or sarif")
      ->check(CLI::IsMember({"text", "sarif"}))
      ->capture_default_str();
  verb.add_option("-o,--output", options.file, "write the report to FILE instead of standard output")
      ->type_name("FILE");
  verb.add_option("--evidence", options.evidence, "write the evidence that `sign` reads to FILE")->type_name("FILE");
  verb.add_option("--layers", options.layers,
                  "write what was requested and what is effective in each unit to FILE, for `report`")
      ->type_name("FILE");
}

report::ExitCode fail(const report::Error& error, report::ExitCode code) {
  report::print_error(error);
  return code;
}

report::ExitCode write_outputs(const OutputOptions& options, const report::Layers& layers, bool incomplete) {
  const report::Evidence& evidence = layers.evidence;
  report::Report report;
  report.tool = "proofmark-analyze";
  report.version = PROOFMARK_VERSION;
  report.board = evidence.board;
  report.policy = evidence.policy;
  report.subject = fmt::format("{} unit{}", evidence.units.size(), evidence.units.size() == 1 ? "" : "s");
  report.rules = all_rules();
  report.rules.push_back(report::kWaiverExpired);
  report.rules.push_back(report::kWaiverUnused);
  report.findings = evidence.findings;

  const bool to_terminal = options.file.empty();
  const std::string text = options.format == "sarif"
                               ? report::to_sarif(report)
                               : report::to_text(report, {to_terminal && report::wants_colour(stdout)});
  if (to_terminal) {
    std::fwrite(text.data(), 1, text.size(), stdout);
  } else if (auto written = report::write_file(options.file, text); !written) {
    return fail(written.error());
  }
  if (!options.evidence.empty())
    if (auto written = report::write_file(options.evidence, report::evidence_to_json(evidence)); !written)
      return fail(written.error());
  if (!options.layers.empty())
    if (auto written = report::write_file(options.layers, report::layers_to_json(layers)); !written)
      return fail(written.error());
  return report::exit_code(evidence.findings, incomplete);
}

}  // namespace proofmark::analyze
