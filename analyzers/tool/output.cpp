// SPDX-License-Identifier: Apache-2.0
//
// Report and evidence output; see output.h.
#include "tool/output.h"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "report/baseline.h"
#include "report/file.h"
#include "report/formats.h"
#include "report/waivers.h"
#include "rules/unit_rules.h"

namespace proofmark::analyze {

void add_output_options(CLI::App& verb, OutputOptions& options) {
  const std::vector<std::string> formats = report::format_names();
  verb.add_option("--format", options.format, fmt::format("one of {}", fmt::join(formats, ", ")))
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
  verb.add_option("-o,--output", options.file, "write the report to FILE instead of standard output")
      ->type_name("FILE");
  verb.add_option("--evidence", options.evidence, "write the evidence that `sign` reads to FILE")->type_name("FILE");
  verb.add_option("--layers", options.layers,
                  "write what was requested and what is effective in each unit to FILE, for `report`")
      ->type_name("FILE");
  verb.add_option("--root", options.root, "folder that paths in reports are relative to (default: the current one)")
      ->type_name("DIR");
  add_novelty_options(verb, options.novelty);
}

report::ExitCode fail(const report::Error& error, report::ExitCode code) {
  report::print_error(error);
  return code;
}

report::Review make_review(const OutputOptions& options, const NoveltySources& sources,
                           const report::Evidence& evidence, bool incomplete) {
  report::Report report;
  report.tool = "proofmark-analyze";
  report.version = PROOFMARK_VERSION;
  report.board = evidence.board;
  report.policy = evidence.policy;
  report.subject = fmt::format("{} unit{}", evidence.units.size(), evidence.units.size() == 1 ? "" : "s");
  report.root = options.root;
  report.rules = all_rules();
  report.rules.push_back(report::kWaiverExpired);
  report.rules.push_back(report::kWaiverUnused);
  report.rules.push_back(report::kWaiverRefused);
  report.findings = evidence.findings;
  report::Review review = report::review(std::move(report));
  for (const report::CheckedUnit& unit : evidence.units) review.subjects.push_back(unit.source);
  review.comments = evidence.source_waivers;
  review.rule_pages = report::default_rule_pages();
  review.incomplete = incomplete;
  sources.apply(review);
  return review;
}

namespace {

report::Result<void> write_files(const OutputOptions& options, const report::Layers& layers,
                                 const report::Review& review) {
  if (!options.evidence.empty())
    if (auto written = report::write_file(options.evidence,
                                          note_shard(report::evidence_to_json(layers.evidence, review), options.shard));
        !written)
      return written;
  if (!options.layers.empty())
    if (auto written = report::write_file(options.layers, note_shard(report::layers_to_json(layers), options.shard));
        !written)
      return written;
  if (options.novelty.write_baseline.empty()) return {};
  return report::write_file(options.novelty.write_baseline, report::baseline_to_json(review));
}

}  // namespace

report::ExitCode write_outputs(const OutputOptions& options, const report::Layers& layers,
                               const report::Review& review) {
  if (!options.no_report || !options.file.empty())
    if (auto written = report::emit(review, options.format, options.file); !written) return fail(written.error());
  if (auto written = write_files(options, layers, review); !written) return fail(written.error());
  return review.verdict();
}

}  // namespace proofmark::analyze
