// SPDX-License-Identifier: Apache-2.0
//
// Making fixes; see fix_option.h.
#include "tool/fix_option.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "compile/process.h"
#include "report/file.h"
#include "report/formats.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using report::Error;

// By rename, so that a reader or a crash sees the old text or the new; the mode stays. The last look at the old text is as
// late as can be: an editor may have saved since.
report::Result<void> replace(const FixedFile& file) {
  const fs::path temporary = file.file.string() + ".proofmark-fix";
  std::error_code error;
  const fs::perms mode = fs::status(file.file, error).permissions();
  auto written = error ? tl::unexpected(Error{file.file.string() + ": " + error.message(), ""})
                       : report::write_file(temporary, file.after);
  if (!written) return written;
  fs::permissions(temporary, mode, error);
  if (!error && report::read_file(file.file).value_or("") != file.before)
    error = std::make_error_code(std::errc::device_or_resource_busy);
  if (!error) fs::rename(temporary, file.file, error);
  if (!error) return {};
  std::error_code ignored;
  fs::remove(temporary, ignored);
  return tl::unexpected(Error{fmt::format("{}: not fixed: {}", file.file.string(), error.message()), ""});
}

// In the form that `git apply` and `patch -p1` take in `root`.
report::Result<std::string> patch_of(const FixedFile& file, const fs::path& root) {
  const std::string name = report::display_path(root, file.file);
  ProcessOptions options;
  options.input = file.after;
  const auto said = run_process({"diff", "-u", "--label", "a/" + name, "--label", "b/" + name, "--", file.file, "-"},
                                fs::current_path(), options);
  if (!said) return tl::unexpected(said.error());
  constexpr int kDiffer = 1;
  if (said->exit_code == kDiffer) return said->out;
  return tl::unexpected(Error{fmt::format("diff failed: {}", said->err), "install diffutils"});
}

report::Result<void> put(FixMode mode, const report::Review& review, const FixPlan& plan) {
  std::string patch;
  for (const FixedFile& file : plan.files) {
    if (mode == FixMode::kApply) {
      if (auto done = replace(file); !done) return done;
      continue;
    }
    auto part = patch_of(file, review.report.root);
    if (!part) return tl::unexpected(part.error());
    patch += *part;
  }
  return mode == FixMode::kDiff ? report::put_out(patch, "") : report::Result<void>();
}

void say(FixMode mode, const report::Review& review, const FixPlan& plan, std::size_t open) {
  const char* const done = mode == FixMode::kApply ? "fixed" : "to be fixed";
  for (const FixVerdict& verdict : plan.verdicts) {
    const std::string place = fmt::format("{}:{}:{}: {}", report::display_path(review.report.root, verdict.where.file),
                                          verdict.where.line, verdict.where.column, verdict.rule);
    if (verdict.refusal.empty())
      fmt::print(stderr, "proofmark: {}: {}\n", done, place);
    else
      fmt::print(stderr, "proofmark: not fixed: {}: {}\n", place, verdict.refusal);
  }
  const auto fixed = static_cast<std::size_t>(std::ranges::count(plan.verdicts, "", &FixVerdict::refusal));
  fmt::print(stderr, "proofmark: {} of {} findings {} in {} files{}\n", fixed, open, done, plan.files.size(),
             fixed != 0 && mode == FixMode::kApply ? "; build and check again" : "");
}

}  // namespace

void add_fix_option(CLI::App& verb, FixMode& mode) {
  const std::map<std::string, FixMode> modes{{"apply", FixMode::kApply}, {"diff", FixMode::kDiff}};
  verb.add_flag(
          "--fix{apply}", mode,
          "make the safe fixes of what is found (`rules --fixes` lists them); =diff prints them as a patch instead "
          "of the report")
      ->transform(CLI::CheckedTransformer(modes))
      ->excludes("--no-exec")
      ->excludes("--shard");
}

report::Result<void> make_fixes(FixMode mode, const report::Review& review, const std::vector<UnitFixes>& units,
                                const FixPlaces& places) {
  if (mode == FixMode::kNone) return {};
  std::vector<report::Finding> open;
  for (const report::Reviewed& one : review.findings)
    if (one.finding.waived_by.empty() && !one.excused()) open.push_back(one.finding);
  const FixPlan plan = plan_fixes(units, open, places);
  if (auto done = put(mode, review, plan); !done) return done;
  say(mode, review, plan, open.size());
  return {};
}

}  // namespace proofmark::analyze
