// SPDX-License-Identifier: Apache-2.0
//
// `merge` joins the evidence of several checks of one build, for instance of one unit each, into one verdict.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "tool/commands.h"
#include "tool/output.h"

namespace proofmark::analyze {
namespace {

using report::ExitCode;

struct MergeArguments {
  std::vector<std::string> files;
  OutputOptions output;
};

ExitCode merge(const MergeArguments& arguments) {
  std::vector<report::Evidence> parts;
  for (const std::string& file : arguments.files) {
    auto evidence = report::read_evidence(file);
    if (!evidence) return fail(evidence.error());
    parts.push_back(std::move(*evidence));
  }
  const auto joined = report::merge(parts);
  if (!joined) return fail(joined.error());
  const bool incomplete = !std::ranges::all_of(joined->units, &report::CheckedUnit::analysed);
  return write_outputs(arguments.output, *joined, incomplete);
}

}  // namespace

Action add_merge(CLI::App& verb) {
  auto arguments = std::make_shared<MergeArguments>();
  verb.add_option("FILE", arguments->files, "evidence files of checks with the same board and policy")->required();
  add_output_options(verb, arguments->output);
  return [arguments] { return merge(*arguments); };
}

}  // namespace proofmark::analyze
