// SPDX-License-Identifier: Apache-2.0
//
// `check`: analyses the units of a build against the policy of a board.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/check.h"
#include "engine/diagnostics_names.h"
#include "engine/project_root.h"
#include "report/file.h"
#include "rules/warning_rule.h"
#include "tool/cache_options.h"
#include "tool/changed_files.h"
#include "tool/commands.h"
#include "tool/depfile.h"
#include "tool/fix_option.h"
#include "tool/job_count.h"
#include "tool/output.h"
#include "tool/progress_line.h"
#include "tool/shards.h"
#include "tool/toolchain_options.h"
#include "tool/waiver_files.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using report::ExitCode;

// Budgets of the path-sensitive analysis, in nodes per function: for pull requests, for every build, for the night. The
// middle one is what a policy without a budget of its own asks for; tests/bench/tiers.sh says what each finds.
struct Tier {
  std::string_view name;
  unsigned max_nodes;
  unsigned quiet_nodes;
};
constexpr Tier kTiers[] = {{"fast", 20000, 20000}, {"standard", 75000, 20000}, {"deep", 225000, 0}};
constexpr Tier kDefaultTier = kTiers[1];

std::vector<std::string> tier_names() {
  std::vector<std::string> names;
  for (const Tier& tier : kTiers) names.emplace_back(tier.name);
  return names;
}
constexpr std::chrono::seconds kUnitTimeLimit{300};

struct CheckArguments {
  std::string build, board, policy, boards_dir, artifact, depfile, shard, changed_since, tier;
  FixMode fix = FixMode::kNone;
  ToolchainOptions toolchain;
  CacheOptions cache;
  std::vector<std::string> waivers, files;
  unsigned jobs = 0;
  OutputOptions output;
};

// Everything that is read before the first unit is looked at.
struct Inputs {
  report::Policy policy;
  report::Evidence evidence;  // board and policy filled in
  std::vector<CompileCommand> commands;
  Shard shard;
  // Of all units, whichever are checked: what all sources have in common, and the working tree that they are in.
  std::string project_root, source_root;
  FixPlaces fix_places;
  Relocation relocation{{}, {}};
  std::vector<LinkCommand> links;
  ResolverOptions resolver;
  bool gcc_diagnostics = false;
  std::vector<report::Waivers> waivers;
  NoveltySources novelty;
  std::set<std::string> files_read;
};

report::Result<fs::path> find_policy(const CheckArguments& arguments, Inputs& inputs) {
  const fs::path boards = arguments.boards_dir.empty() ? report::default_boards_dir() : fs::path(arguments.boards_dir);
  if (!arguments.policy.empty()) return report::find_policy(boards, arguments.policy);
  const auto board = report::Board::load(boards, arguments.board);
  if (!board) return tl::unexpected(board.error());
  inputs.evidence.board = board->name();
  return board->policy_file();
}

report::Result<void> read_policy(const CheckArguments& arguments, Inputs& inputs) {
  const auto file = find_policy(arguments, inputs);
  if (!file) return tl::unexpected(file.error());
  auto policy = report::Policy::load(*file);
  if (!policy) return tl::unexpected(policy.error());
  inputs.policy = std::move(*policy);
  inputs.evidence.policy = inputs.policy.name();
  inputs.evidence.policy_sha256 = inputs.policy.sha256();
  inputs.files_read.insert(fs::absolute(*file).lexically_normal().string());
  return {};
}

void find_places(const CheckArguments& arguments, const std::vector<CompileCommand>& all, Inputs& inputs) {
  std::error_code error;
  const fs::path build = fs::weakly_canonical(database_file(arguments.build), error).parent_path();
  inputs.project_root = common_directory(all);
  const std::string sources = common_directory(all, build);
  inputs.source_root = working_tree(sources);
  // A release has headers beside its sources, and usually its build directory, too.
  if (inputs.source_root.empty()) inputs.source_root = shared_directory(sources, build);
  if (inputs.source_root.empty()) inputs.source_root = sources;
  inputs.relocation = Relocation(inputs.source_root, build);
}

// By the names that the build gives its sources: a link that leads out of the project must not make it larger.
FixPlaces fix_places(const CheckArguments& arguments, const std::vector<CompileCommand>& all) {
  std::error_code error;
  const fs::path build = fs::weakly_canonical(database_file(arguments.build), error).parent_path();
  std::string sources = common_named_directory(all, build);
  FixPlaces places;
  if (!sources.empty()) places.build = build;  // else the build is made in the sources
  if (sources.empty()) sources = common_named_directory(all);
  places.project = working_tree(sources);
  if (places.project.empty()) places.project = shared_directory(sources, build);
  if (places.project.empty()) places.project = sources;
  return places;
}

bool is_same_file(const CompileCommand& command, const std::string& wanted) {
  std::error_code error;
  return command.file == wanted || fs::equivalent(command.absolute_file(), wanted, error);
}

bool is_same_file(const LinkCommand& link, const std::string& wanted) {
  std::error_code error;
  return link.target == wanted || link.absolute_target() == fs::absolute(wanted).lexically_normal() ||
         fs::equivalent(link.absolute_target(), wanted, error);
}

// Units by their source, link steps by what they make.
report::Result<void> select_commands(const CheckArguments& arguments, Inputs& inputs) {
  auto all = load_database(arguments.build);
  if (!all) return tl::unexpected(all.error());
  inputs.files_read.insert(fs::absolute(database_file(arguments.build)).lexically_normal().string());
  find_places(arguments, *all, inputs);
  inputs.fix_places = fix_places(arguments, *all);
  if (arguments.files.empty()) {
    auto shard = parse_shard(arguments.shard);
    if (!shard) return tl::unexpected(shard.error());
    inputs.shard = std::move(*shard);
    inputs.commands = std::move(*all);
    take_shard(inputs.relocation, inputs.shard, inputs.commands);
    return {};
  }
  const std::vector<LinkCommand> links = std::move(inputs.links);
  inputs.links.clear();
  const auto selected = [&] { return inputs.commands.size() + inputs.links.size(); };
  for (const std::string& wanted : arguments.files) {
    const size_t before = selected();
    for (const CompileCommand& command : *all)
      if (is_same_file(command, wanted)) inputs.commands.push_back(command);
    for (const LinkCommand& link : links)
      if (is_same_file(link, wanted)) inputs.links.push_back(link);
    if (selected() == before) {
      return tl::unexpected(report::Error{fmt::format("{}: not in {}", wanted, database_file(arguments.build).string()),
                                          "only what the build compiles can be checked, and with --link-commands what "
                                          "it links"});
    }
  }
  return {};
}

report::Result<void> read_waivers(const CheckArguments& arguments, Inputs& inputs) {
  auto waivers = load_waivers(arguments.waivers);
  if (!waivers) return tl::unexpected(waivers.error());
  inputs.waivers = std::move(*waivers);
  for (const std::string& file : arguments.waivers)
    inputs.files_read.insert(fs::absolute(file).lexically_normal().string());
  return {};
}

report::Result<void> read_toolchain(const CheckArguments& arguments, Inputs& inputs) {
  auto resolver = resolver_options(arguments.toolchain);
  if (!resolver) return tl::unexpected(resolver.error());
  inputs.resolver = std::move(*resolver);
  const auto gcc = wants_gcc_diagnostics(arguments.toolchain, inputs.policy);
  if (!gcc) return tl::unexpected(gcc.error());
  inputs.gcc_diagnostics = *gcc;
  // Without a word only the whole of a recorded build is judged.
  auto links = arguments.toolchain.links.empty() && !arguments.files.empty()
                   ? std::vector<LinkCommand>()
                   : read_links(arguments.toolchain, arguments.build);
  if (!links) return tl::unexpected(links.error());
  inputs.links = std::move(*links);
  return {};
}

report::Result<void> read_novelty(const CheckArguments& arguments, Inputs& inputs) {
  auto sources = NoveltySources::read(arguments.output.novelty);
  if (!sources) return tl::unexpected(sources.error());
  inputs.novelty = std::move(*sources);
  return {};
}

report::Result<Inputs> read_inputs(const CheckArguments& arguments) {
  Inputs inputs;
  for (auto step : {read_policy, read_waivers, read_toolchain, select_commands, read_novelty})
    if (auto done = step(arguments, inputs); !done) return tl::unexpected(done.error());
  return inputs;
}

Tier wanted_tier(const report::Policy& policy) {
  const auto count = [&](std::string_view name, unsigned otherwise) {
    const auto& value = policy.parameter("PMS", name);
    return value.is_number_unsigned() ? value.get<unsigned>() : otherwise;
  };
  return {"", count("max-nodes", kDefaultTier.max_nodes), count("quiet-nodes", kDefaultTier.quiet_nodes)};
}

bool is_below(const Tier& tier, const Tier& wanted) {
  // Both at most the whole budget; 0 is all of it.
  const auto quiet = [](const Tier& of) {
    return of.quiet_nodes == 0 ? of.max_nodes : std::min(of.quiet_nodes, of.max_nodes);
  };
  return tier.max_nodes < wanted.max_nodes || quiet(tier) < quiet(wanted);
}

CheckOptions make_options(const CheckArguments& arguments, Inputs& inputs) {
  const report::Policy& policy = inputs.policy;
  CheckOptions options;
  options.resolver = std::move(inputs.resolver);
  options.links = std::move(inputs.links);
  options.parse.policy = &policy;
  options.parse.project_root = inputs.project_root;
  options.relocation = inputs.relocation;
  options.gcc_diagnostics = inputs.gcc_diagnostics;
  options.parse.artifact = arguments.artifact;
  options.parse.resource_dir = PROOFMARK_RESOURCE_DIR;
  options.parse.enforced = enforced_warnings(policy);
  const Tier wanted = wanted_tier(policy);
  Tier used = wanted;
  for (const Tier& tier : kTiers)
    if (tier.name == arguments.tier) used = tier;
  options.parse.max_nodes = used.max_nodes;
  options.parse.quiet_nodes = used.quiet_nodes;
  options.shallow = is_below(used, wanted);
  options.parse.time_limit = kUnitTimeLimit;
  options.parse.function_facts = !arguments.output.layers.empty();
  options.fixes = arguments.fix != FixMode::kNone;
  options.jobs = arguments.jobs == 0 ? automatic_jobs() : arguments.jobs;
  options.progress = terminal_progress();
  return options;
}

report::Result<void> write_depfile(const CheckArguments& arguments, const std::set<std::string>& files) {
  if (arguments.depfile.empty()) return {};
  const OutputOptions& output = arguments.output;
  const std::string& product = !output.evidence.empty() ? output.evidence
                               : !output.layers.empty() ? output.layers
                                                        : output.file;
  return report::write_file(arguments.depfile, to_depfile(product, files));
}

// Without an answer every unit is checked: too much is never wrong.
void choose_changed(const CheckArguments& arguments, const Inputs& inputs, CheckOptions& options) {
  if (arguments.changed_since.empty()) return;
  auto changed = arguments.toolchain.no_exec ? tl::unexpected(report::Error{"git is not started (--no-exec)", ""})
                                             : changed_files(inputs.source_root, arguments.changed_since);
  if (changed)
    options.changed = std::move(*changed);
  else
    fmt::print(stderr, "proofmark: note: every unit is checked: {}\n", changed.error().message);
}

ExitCode check(const CheckArguments& arguments) {
  auto inputs = read_inputs(arguments);
  if (!inputs) return fail(inputs.error());
  CheckOptions options = make_options(arguments, *inputs);
  if (const auto known = check_warning_names(options.parse.enforced); !known) return fail(known.error());
  choose_changed(arguments, *inputs, options);
  const auto cache = open_cache(arguments.cache, options.relocation);
  if (!cache) return fail(cache.error(), ExitCode::kUsage);
  options.cache = cache->get();
  if (options.cache != nullptr) {
    options.parse.kept = options.cache->directory();
    options.parse.keep = !options.cache->read_only();
  }
  CheckOutcome outcome = check_units(inputs->commands, options);
  if (*cache != nullptr) say_cache_use(**cache, outcome);

  report::Layers layers{std::move(inputs->evidence), std::move(outcome.layers), {}};
  report::Evidence& evidence = layers.evidence;
  evidence.kind = report::EvidenceKind::kCheck;
  evidence.tool = "proofmark-analyze";
  evidence.tool_version = PROOFMARK_VERSION;
  evidence.findings = std::move(outcome.findings);
  evidence.units = std::move(outcome.units);
  evidence.properties = std::move(outcome.properties);
  evidence.source_waivers = std::move(outcome.source_waivers);
  if (inputs->shard.count != 0) inputs->shard.broken = std::move(outcome.broken);
  evidence.waiver_terms = report::waiver_terms(inputs->policy);
  report::sort_and_deduplicate(evidence.findings);
  report::sort_and_deduplicate(evidence.source_waivers);
  const bool is_whole = arguments.files.empty() && inputs->shard.count == 0 && !options.changed;
  apply_waivers(inputs->waivers, is_whole ? UnusedWaivers::kReport : UnusedWaivers::kIgnore, evidence);
  report::conclude(evidence, outcome.incomplete);

  if (!arguments.toolchain.record.empty())
    if (auto written = outcome.toolchain.save(arguments.toolchain.record); !written) return fail(written.error());
  outcome.files_read.merge(inputs->files_read);
  if (auto written = write_depfile(arguments, outcome.files_read); !written) return fail(written.error());
  OutputOptions output = arguments.output;
  output.shard = std::move(inputs->shard);
  output.no_report = arguments.fix == FixMode::kDiff;
  const report::Review review = make_review(output, inputs->novelty, evidence, outcome.incomplete);
  const ExitCode verdict = write_outputs(output, layers, review);
  // After the report, whose lines are those of the files as they were.
  if (auto done = make_fixes(arguments.fix, review, outcome.fixes, inputs->fix_places); !done)
    return fail(done.error());
  return verdict;
}

}  // namespace

Action add_check(CLI::App& verb) {
  auto arguments = std::make_shared<CheckArguments>();
  verb.add_option("-p", arguments->build, "build directory with compile_commands.json, or that file")
      ->required()
      ->type_name("BUILD");
  auto* target = verb.add_option_group("what to check against");
  target->add_option("--board", arguments->board, "the board's policy")->type_name("BOARD");
  target->add_option("--policy", arguments->policy, "a policy by name or file")->type_name("NAME|FILE");
  target->require_option(1);
  verb.add_option("--boards-dir", arguments->boards_dir, "where boards are looked up")->type_name("DIR");
  verb.add_option("--artifact", arguments->artifact, "what the units are linked into, for policies that tell it apart")
      ->check(CLI::IsMember(std::vector<std::string>(std::begin(report::kArtifacts), std::end(report::kArtifacts))))
      ->type_name("KIND");
  verb.add_option("--tier", arguments->tier, "how deep paths are followed (default: as the policy says)")
      ->check(CLI::IsMember(tier_names()))
      ->type_name("TIER");
  add_waivers_option(verb, arguments->waivers);
  verb.add_option("--depfile", arguments->depfile, "write what was read, in make's format, to FILE")->type_name("FILE");
  verb.add_option("-j,--jobs", arguments->jobs, "units analysed at once; 0: what cores and memory allow")
      ->check(CLI::Range(0u, 1024u))
      ->capture_default_str();
  add_toolchain_options(verb, arguments->toolchain);
  add_cache_options(verb, arguments->cache);
  add_output_options(verb, arguments->output);
  auto* files = verb.add_option("FILE", arguments->files, "sources, or what is linked, to check (default: all)");
  verb.add_option("--shard", arguments->shard, "check the i-th of n parts of the units; `merge` joins the evidence")
      ->type_name("I/N")
      ->excludes(files);
  verb.add_option("--changed-since", arguments->changed_since,
                  "only units that read a file that differs from where HEAD left REVISION (needs git)")
      ->type_name("REVISION")
      ->excludes("--shard")
      ->excludes(files);
  add_fix_option(verb, arguments->fix);
  return [arguments] { return check(*arguments); };
}

}  // namespace proofmark::analyze
