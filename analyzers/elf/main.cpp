// SPDX-License-Identifier: Apache-2.0
//
// proofmark-elf: the command line of the ELF audit.
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "elf/audit.h"
#include "elf/inputs.h"
#include "elf/outcome_writer.h"
#include "report/baseline.h"
#include "report/file.h"
#include "report/formats.h"
#include "report/waivers.h"

namespace proofmark::elf {
namespace {

using report::ExitCode;
namespace fs = std::filesystem;

// A firmware has a handful of files, a whole system thousands; --functions auto looks into the code of the former.
constexpr std::size_t kFilesWithFunctions = 100;

struct Arguments {
  std::vector<std::string> files;
  std::string board, policy, boards_dir, format = "text";
  std::string functions = "auto", layers;
  std::string output, evidence, waivers, debug_dir, link_map, sysroot;
  std::string baseline, write_baseline, root;
  std::vector<std::string> forbidden_paths;
  bool recursive = false;
  unsigned jobs = 1;
};

// What the arguments name, loaded; the policies and waivers that AuditOptions points to live here.
struct Setup {
  std::optional<report::Board> board;
  std::optional<report::Policy> policy;
  report::Waivers waivers;
  std::optional<report::Baseline> baseline;
  AuditOptions options;

  report::WaiverTerms terms() const { return policy ? report::waiver_terms(*policy) : report::WaiverTerms{}; }
};

Result<void> load_board(const Arguments& arguments, Setup& setup) {
  const fs::path boards = arguments.boards_dir.empty() ? report::default_boards_dir() : fs::path(arguments.boards_dir);
  fs::path policy_file;
  if (!arguments.board.empty()) {
    auto board = report::Board::load(boards, arguments.board);
    if (!board) return tl::unexpected(board.error());
    policy_file = board->policy_file();
    setup.board = std::move(*board);
  } else if (!arguments.policy.empty()) {
    auto file = report::find_policy(boards, arguments.policy);
    if (!file) return tl::unexpected(file.error());
    policy_file = std::move(*file);
  }
  if (policy_file.empty()) return {};
  auto policy = report::Policy::load(policy_file);
  if (!policy) return tl::unexpected(policy.error());
  setup.policy = std::move(*policy);
  return {};
}

Result<void> load(const Arguments& arguments, Setup& setup) {
  if (auto board = load_board(arguments, setup); !board) return board;
  if (!arguments.waivers.empty()) {
    auto waivers = report::Waivers::load(arguments.waivers);
    if (!waivers) return tl::unexpected(waivers.error());
    setup.waivers = std::move(*waivers);
  }
  if (!arguments.baseline.empty()) {
    auto baseline = report::Baseline::load(arguments.baseline);
    if (!baseline) return tl::unexpected(baseline.error());
    setup.baseline = std::move(*baseline);
  }
  AuditOptions& options = setup.options;
  options.board = setup.board ? &*setup.board : nullptr;
  options.policy = setup.policy ? &*setup.policy : nullptr;
  if (!arguments.debug_dir.empty()) options.debug_dir = arguments.debug_dir;
  if (!arguments.link_map.empty()) options.link_map = arguments.link_map;
  if (!arguments.sysroot.empty()) options.sysroot = arguments.sysroot;
  options.layers = !arguments.layers.empty();
  const bool few = arguments.files.size() <= kFilesWithFunctions;
  options.examine_functions = arguments.functions == "on" || options.layers || options.policy != nullptr ||
                              (arguments.functions == "auto" && few);
  options.forbidden_paths = arguments.forbidden_paths;
  options.today = report::today();
  return {};
}

// One evidence file for one ELF file; for several, a folder with one each.
Result<void> write_evidence(const Arguments& arguments, const std::vector<FileAudit>& audits) {
  for (const FileAudit& audit : audits) {
    report::Report report;
    report.root = arguments.root;
    report.findings = audit.evidence.findings;
    const report::Review review = report::review(std::move(report));
    fs::path file = arguments.evidence;
    if (fs::is_directory(file)) file /= fs::path(audit.file).filename().string() + ".audit.json";
    if (auto written = report::write_file(file, report::evidence_to_json(audit.evidence, review)); !written)
      return written;
  }
  return {};
}

// Like evidence, one file for one ELF file or a folder for several.
Result<void> write_layers(const Arguments& arguments, std::vector<FileAudit>& audits) {
  for (FileAudit& audit : audits) {
    fs::path file = arguments.layers;
    if (fs::is_directory(file)) file /= fs::path(audit.file).filename().string() + ".layers.json";
    report::Layers layers{audit.evidence, {}, std::move(audit.functions)};
    if (auto written = report::write_file(file, report::layers_to_json(layers)); !written) return written;
  }
  return {};
}

Result<void> write_records(const Arguments& arguments, const Setup& setup, const std::vector<report::RuleInfo>& rules,
                           std::vector<FileAudit>& audits) {
  for (FileAudit& audit : audits) {
    audit.evidence.findings = audit.findings;
    audit.evidence.waiver_terms = setup.terms();
    setup.waivers.apply(audit.evidence.findings, {rules, {}, setup.options.today, setup.terms()});
    report::conclude(audit.evidence, false);
  }
  if (!arguments.evidence.empty()) {
    if (auto written = write_evidence(arguments, audits); !written) return written;
  }
  return arguments.layers.empty() ? Result<void>() : write_layers(arguments, audits);
}

report::Report make_report(const Arguments& arguments, const Setup& setup, const std::vector<report::RuleInfo>& rules,
                           std::vector<report::Finding> findings) {
  report::Report report;
  report.tool = "proofmark-elf";
  report.version = PROOFMARK_VERSION;
  report.board = setup.board ? setup.board->name() : "";
  report.policy = setup.policy ? setup.policy->name() : "";
  report.root = arguments.root;
  report.rules = rules;
  report.findings = std::move(findings);
  return report;
}

Result<void> emit(const Arguments& arguments, const report::Review& review, const std::vector<FileAudit>& audits) {
  if (arguments.format == "json") return report::put_out(audits_to_json(audits, review), arguments.output);
  return report::emit(review, arguments.format, arguments.output);
}

ExitCode fail(const Error& error, ExitCode code) {
  report::print_error(error);
  return code;
}

// A wrong option combination that the option parser can't see.
std::optional<Error> usage_error(const Arguments& arguments) {
  if (!arguments.evidence.empty() && arguments.board.empty()) {
    return Error{"--evidence needs --board: evidence is about a board and its policy", "proofmark-elf audit --help"};
  }
  if (!arguments.evidence.empty() && arguments.files.size() > 1 && !fs::is_directory(arguments.evidence)) {
    return Error{fmt::format("--evidence {}: not a folder, but there are several ELF files", arguments.evidence),
                 "give a folder that exists; each file gets its own evidence there"};
  }
  if (arguments.functions == "off" &&
      !(arguments.board.empty() && arguments.policy.empty() && arguments.layers.empty())) {
    return Error{"--functions off: a policy has rules about functions, and layers are about nothing else",
                 "leave the option away, or audit without --board, --policy and --layers"};
  }
  if (!arguments.layers.empty() && arguments.files.size() > 1 && !fs::is_directory(arguments.layers)) {
    return Error{fmt::format("--layers {}: not a folder, but there are several ELF files", arguments.layers),
                 "give a folder that exists; each file gets its own layers there"};
  }
  for (const std::string& path : arguments.forbidden_paths) {
    if (path.size() > 1 && path.front() == '/') continue;
    return Error{fmt::format("--forbid-path {}: not an absolute path", path), "give the folder in full"};
  }
  return std::nullopt;
}

ExitCode run_audit(Arguments arguments) {
  if (arguments.recursive) arguments.files = search_folders(arguments.files);
  if (const auto wrong = usage_error(arguments)) return fail(*wrong, ExitCode::kUsage);
  Setup setup;
  if (auto loaded = load(arguments, setup); !loaded) return fail(loaded.error(), ExitCode::kCannotTell);

  std::vector<FileAudit> audits;
  std::vector<report::Finding> findings;
  bool incomplete = false;
  for (PathAudit& path : audit_paths(arguments.files, setup.options, arguments.jobs)) {
    for (const Error& problem : path.problems) report::print_error(problem);
    incomplete = incomplete || !path.problems.empty();
    for (FileAudit& audit : path.files) {
      findings.insert(findings.end(), audit.findings.begin(), audit.findings.end());
      audits.push_back(std::move(audit));
    }
  }
  std::vector<report::RuleInfo> rules = elf_rule_infos();
  setup.waivers.apply(findings, {rules, {}, setup.options.today, setup.terms()});
  if (auto written = write_records(arguments, setup, rules, audits); !written) {
    return fail(written.error(), ExitCode::kCannotTell);
  }
  rules.insert(rules.end(), {report::kWaiverExpired, report::kWaiverUnused, report::kWaiverRefused});
  report::Report report = make_report(arguments, setup, rules, std::move(findings));
  report.subject = fmt::format("{} file{}", audits.size(), audits.size() == 1 ? "" : "s");
  report::Review review = report::review(std::move(report));
  for (const FileAudit& audit : audits) review.subjects.push_back(audit.file);
  review.rule_pages = report::default_rule_pages();
  review.incomplete = incomplete;
  if (setup.baseline) setup.baseline->apply(review);
  if (auto emitted = emit(arguments, review, audits); !emitted) return fail(emitted.error(), ExitCode::kCannotTell);
  if (!arguments.write_baseline.empty()) {
    auto written = report::write_file(arguments.write_baseline, report::baseline_to_json(review));
    if (!written) return fail(written.error(), ExitCode::kCannotTell);
  }
  return review.verdict();
}

ExitCode run_rules() {
  for (const report::RuleInfo& rule : elf_rule_infos()) {
    fmt::print("{}  {:<18} {:<8} {}\n", rule.id, rule.name, report::level_name(rule.default_level), rule.summary);
  }
  return ExitCode::kYes;
}

void add_audit_options(CLI::App& audit, Arguments& arguments) {
  audit.add_option("ELF", arguments.files, "files to look at, archives member by member")->required();
  audit.add_flag("-r,--recursive", arguments.recursive, "search folders for ELF files and archives");
  audit.add_option("-j,--jobs", arguments.jobs, "files to look at at the same time")->check(CLI::Range(1, 256));
  auto* const board = audit.add_option("--board", arguments.board, "board the file is for; it names the policy");
  audit.add_option("--policy", arguments.policy, "policy by name or file, without a board")->excludes(board);
  audit.add_option("--boards-dir", arguments.boards_dir, "folder of boards and policies");
  audit.add_option("--debug-dir", arguments.debug_dir, "folder with .build-id/xx/yyyy.debug");
  audit.add_option("--map", arguments.link_map, "link map of the file (lld or GNU ld)");
  audit.add_option("--sysroot", arguments.sysroot, "pinned sysroot: where accepted prebuilt archives must lie");
  audit.add_option("--forbid-path", arguments.forbidden_paths, "path prefix that may not be in the file (repeatable)")
      ->allow_extra_args(false);
  audit.add_option("--waivers", arguments.waivers, "findings accepted with reason, owner and expiry");
  const std::vector<std::string> formats = report::format_names();
  audit.add_option("--format", arguments.format, fmt::format("one of {}", fmt::join(formats, ", ")))
      ->check(CLI::IsMember(formats));
  audit.add_option("--root", arguments.root, "folder that paths in reports are relative to (default: the current one)");
  audit.add_option("--baseline", arguments.baseline,
                   "findings in this file (evidence, JSON, SARIF or a baseline of an earlier run) don't fail this run");
  audit.add_option("--write-baseline", arguments.write_baseline, "write what is found now as a baseline here");
  audit.add_option("-o,--output", arguments.output, "write the report here");
  audit
      .add_option("--functions", arguments.functions,
                  "examine machine code: on, off, or auto: with a policy or up to 100 files")
      ->check(CLI::IsMember({"off", "auto", "on"}));
  audit.add_option("--layers", arguments.layers, "write what the code of each function shows, for `proofmark report`");
  audit.add_option("--evidence", arguments.evidence, "write evidence for `proofmark sign` here");
}

ExitCode run(int argc, char** argv) {
  CLI::App app("Audits what an ELF file really contains against the policy of its board.", "proofmark-elf");
  app.set_version_flag("--version", std::string("proofmark-elf ") + PROOFMARK_VERSION);
  app.require_subcommand(1);
  Arguments arguments;
  CLI::App* const audit =
      app.add_subcommand("audit", "check ELF files; exit 0 clean, 1 findings, 2 usage, 3 could not tell");
  add_audit_options(*audit, arguments);
  CLI::App* const rules = app.add_subcommand("rules", "list the rules of the audit");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return static_cast<ExitCode>(app.exit(error));
    return fail({error.what(), "proofmark-elf audit --help"}, ExitCode::kUsage);
  }
  return rules->parsed() ? run_rules() : run_audit(arguments);
}

}  // namespace
}  // namespace proofmark::elf

int main(int argc, char** argv) {
  return static_cast<int>(proofmark::elf::run(argc, argv));
}
