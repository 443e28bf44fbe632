// SPDX-License-Identifier: Apache-2.0
//
// `merge` joins the evidence of several checks of one build, for instance of one unit each, into one verdict. Layers
// contain the evidence they belong to and are joined likewise.
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

// Evidence alone will do unless layers are asked for.
report::Result<report::Layers> read_part(const std::string& file, bool needs_layers) {
  auto layers = report::read_layers(file);
  if (layers || needs_layers) return layers;
  auto evidence = report::read_evidence(file);
  if (!evidence) return tl::unexpected(evidence.error());
  return report::Layers{std::move(*evidence), {}, {}};
}

report::Result<report::Layers> join_parts(const MergeArguments& arguments) {
  std::vector<report::Layers> parts;
  std::vector<Shard> shards;
  std::vector<std::vector<std::string>> held;
  for (const std::string& file : arguments.files) {
    auto part = read_part(file, !arguments.output.layers.empty());
    if (!part) return tl::unexpected(part.error());
    auto shard = read_shard(file);
    if (!shard) return tl::unexpected(shard.error());
    held.push_back(part->evidence.properties);
    parts.push_back(std::move(*part));
    shards.push_back(std::move(*shard));
  }
  auto joined = report::merge_layers(parts);
  if (!joined) return joined;
  if (auto whole = check_shards(shards); !whole) return tl::unexpected(whole.error());
  // A property that a shard does not list may just not concern its units.
  if (shards.front().count != 0) joined->evidence.properties = join_properties(shards, held);
  return joined;
}

ExitCode merge(const MergeArguments& arguments) {
  const auto novelty = NoveltySources::read(arguments.output.novelty);
  if (!novelty) return fail(novelty.error());
  auto joined = join_parts(arguments);
  if (!joined) return fail(joined.error());
  report::Evidence& evidence = joined->evidence;
  const bool incomplete = !std::ranges::all_of(evidence.units, &report::CheckedUnit::analysed);
  // The parts were judged with the same waivers; only where all findings are known can an unused one be told.
  const auto waivers = load_waivers(arguments.waivers);
  if (!waivers) return fail(waivers.error());
  apply_waivers(*waivers, UnusedWaivers::kReport, evidence);
  report::conclude(evidence, incomplete);
  return write_outputs(arguments.output, *joined, make_review(arguments.output, *novelty, evidence, incomplete));
}

}  // namespace

Action add_merge(CLI::App& verb) {
  auto arguments = std::make_shared<MergeArguments>();
  verb.add_option("FILE", arguments->files, "evidence or layers files of checks with the same board and policy")
      ->required();
  add_waivers_option(verb, arguments->waivers);
  add_output_options(verb, arguments->output);
  return [arguments] { return merge(*arguments); };
}

}  // namespace proofmark::analyze
