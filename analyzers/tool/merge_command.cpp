// SPDX-License-Identifier: Apache-2.0
//
// `merge` joins the evidence of several checks of one build, for instance of one unit each, into one verdict.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "tool/commands.h"
#include "tool/output.h"
#include "tool/waiver_files.h"

namespace proofmark::analyze {
namespace {

using report::ExitCode;

struct MergeArguments {
  std::vector<std::string> waivers, files;
  OutputOptions output;
};

ExitCode merge(const MergeArguments& arguments) {
  std::vector<report::Evidence> parts;
  for (const std::string& file : arguments.files) {
    auto evidence = report::read_evidence(file);
    if (!evidence) return fail(evidence.error());
    parts.push_back(std::move(*evidence));
  }
  auto joined = report::merge(parts);
  if (!joined) return fail(joined.error());
  const bool incomplete = !std::ranges::all_of(joined->units, &report::CheckedUnit::analysed);
  // The parts were judged with the same waivers; only where all findings are known can an unused one be told.
  const auto waivers = load_waivers(arguments.waivers);
  if (!waivers) return fail(waivers.error());
  apply_waivers(*waivers, UnusedWaivers::kReport, joined->findings);
  report::conclude(*joined, incomplete);
  return write_outputs(arguments.output, *joined, incomplete);
}

}  // namespace

Action add_merge(CLI::App& verb) {
  auto arguments = std::make_shared<MergeArguments>();
  verb.add_option("FILE", arguments->files, "evidence files of checks with the same board and policy")->required();
  add_waivers_option(verb, arguments->waivers);
  add_output_options(verb, arguments->output);
  return [arguments] { return merge(*arguments); };
}

}  // namespace proofmark::analyze
