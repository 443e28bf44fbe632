// SPDX-License-Identifier: Apache-2.0
//
// What a source rule may ask; see source_context.h.
#include "engine/source_context.h"

#include <algorithm>

#include "compile/options.h"
#include "engine/unit_result.h"
#include "report/file.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;

std::string real_path(const fs::path& path) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(path, error);
  return (error ? path.lexically_normal() : real).string();
}

std::vector<std::string> named_system_dirs(const Unit& unit) {
  std::vector<std::string> dirs;
  for (const std::string& dir : option_values(unit.flags, {"-isystem", "-idirafter"}))
    dirs.push_back(real_path(unit.directory / dir));
  return dirs;
}

}  // namespace

SourceContext::SourceContext(const Unit& unit, const EffectiveFlags& effective, const ParseSettings& settings,
                             const clang::CompilerInstance& compiler, const SourceFacts& facts,
                             std::vector<report::Finding>& findings)
    : unit_(unit),
      effective_(effective),
      policy_(*settings.policy),
      compiler_(compiler),
      facts_(facts),
      places_(compiler.getSourceManager(), unit.directory),
      findings_(findings),
      project_root_(settings.project_root),
      named_system_dirs_(named_system_dirs(unit)),
      system_dirs_(named_system_dirs_) {
  for (const std::string& dir : effective.include_dirs) system_dirs_.push_back(real_path(unit.directory / dir));
  system_dirs_.push_back(real_path(compiler.getHeaderSearchOpts().ResourceDir));
}

bool SourceContext::in_project(clang::FileID file) const {
  if (const auto known = known_.find(file); known != known_.end()) return known->second;
  bool result = false;
  if (const auto entry = sources().getFileEntryRefForID(file)) {
    const std::string path = real_path(unit_.directory / entry->getName().str());
    result = std::ranges::none_of(system_dirs_, [&](const std::string& dir) { return report::lies_below(path, dir); });
  }
  known_[file] = result;
  return result;
}

bool SourceContext::in_project(clang::SourceLocation where) const {
  return where.isValid() && in_project(sources().getFileID(sources().getFileLoc(where)));
}

std::string SourceContext::named_system_dir(const std::string& file) const {
  const std::string path = real_path(unit_.directory / file);
  const auto found =
      std::ranges::find_if(named_system_dirs_, [&](const auto& dir) { return report::lies_below(path, dir); });
  return found == named_system_dirs_.end() ? "" : *found;
}

bool SourceContext::has_flag(std::string_view prefix) const {
  return std::ranges::any_of(unit_.flags, [&](const std::string& flag) { return flag.starts_with(prefix); });
}

bool SourceContext::spelled_in_project(clang::SourceLocation where) const {
  if (where.isInvalid()) return false;
  const clang::FileID file = sources().getFileID(sources().getSpellingLoc(where));
  // What ## pasted has no file; its parts came from where the macro is used.
  return sources().getFileEntryForID(file) == nullptr ? in_project(where) : in_project(file);
}

void SourceContext::report(const SourceRule& rule, clang::SourceLocation where, std::string message, std::string hint) {
  report::Finding finding = report::make_finding(rule.info, policy_.level(rule.info), std::move(message));
  if (finding.level == report::Level::kOff) return;
  finding.where = places_.at(where);
  if (where.isInvalid()) finding.where.file = unit_.absolute_source().string();
  finding.hint = std::move(hint);
  findings_.push_back(std::move(finding));
}

}  // namespace proofmark::analyze
