// SPDX-License-Identifier: Apache-2.0
//
// Compiler diagnostics to findings; see diagnostics.h.
#include "engine/diagnostics.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "engine/diagnostics_names.h"
#include "engine/fix_hints.h"

namespace proofmark::analyze {
namespace {

using clang::DiagnosticsEngine;

std::string message_of(const clang::Diagnostic& info) {
  llvm::SmallString<256> text;
  info.FormatDiagnostic(text);
  return text.str().str();
}

}  // namespace

report::Result<EnforcedWarnings> find_enforced_warnings(const std::vector<std::string>& names) {
  const clang::DiagnosticIDs ids;
  std::vector<std::pair<std::string, std::vector<unsigned>>> groups;
  for (const std::string& name : names) {
    llvm::SmallVector<clang::diag::kind, 64> members;
    if (ids.getDiagnosticsInGroup(clang::diag::Flavor::WarningOrError, name, members)) {
      return tl::unexpected(report::Error{fmt::format("the policy lists \"{}\", which is no warning of Clang's", name),
                                          "name the warning as Clang spells it, without -W"});
    }
    groups.emplace_back(name, std::vector<unsigned>(members.begin(), members.end()));
  }
  // Groups contain each other; the smallest group that holds a diagnostic describes it best.
  std::sort(groups.begin(), groups.end(),
            [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
  EnforcedWarnings enforced;
  for (const auto& [name, members] : groups)
    for (unsigned id : members) enforced[id] = {&warning_rule_for(name), name};
  return enforced;
}

report::Result<void> check_warning_names(const std::vector<std::string>& names) {
  const auto found = find_enforced_warnings(names);
  if (!found) return tl::unexpected(found.error());
  return {};
}

report::Location DiagnosticCollector::place_of(const clang::Diagnostic& info) const {
  if (!info.hasSourceManager()) return {};
  return SourcePlaces(info.getSourceManager(), directory_).at(info.getLocation());
}

void DiagnosticCollector::HandleDiagnostic(DiagnosticsEngine::Level level, const clang::Diagnostic& info) {
  DiagnosticConsumer::HandleDiagnostic(level, info);
  std::string message = message_of(info);
  if (level == DiagnosticsEngine::Note) {
    if (last_was_finding_) add_note(info, std::move(message));
    return;
  }
  last_was_finding_ = false;
  const std::string option = clang::DiagnosticIDs::getWarningOptionForDiag(info.getID()).str();
  if (!option.empty() && (level == DiagnosticsEngine::Warning || level == DiagnosticsEngine::Error)) {
    add_warning(level, info, option, std::move(message));
  } else if (level >= DiagnosticsEngine::Error && hard_error_.empty()) {
    const report::Location place = place_of(info);
    hard_error_ =
        place.file.empty() ? message : fmt::format("{}:{}:{}: {}", place.file, place.line, place.column, message);
    const unsigned id = info.getID();
    lasting_ = !place.file.empty() && id != clang::diag::err_file_modified && id != clang::diag::err_cannot_open_file;
  }
}

void DiagnosticCollector::add_note(const clang::Diagnostic& info, std::string message) {
  report::PathStep step{place_of(info), std::move(message)};
  if (!step.where.file.empty()) findings_.back().path.push_back(std::move(step));
  add_fix(info, /*is_note=*/true);
}

void DiagnosticCollector::add_fix(const clang::Diagnostic& info, bool is_note) {
  if (safe_fix_ == nullptr || safe_fix_->in_note != is_note || info.getNumFixItHints() == 0 || language_ == nullptr)
    return;
  safe_fix_ = nullptr;
  fixes_.push_back(fix_of(findings_.back(), info, *language_, directory_));
}

void DiagnosticCollector::add_warning(DiagnosticsEngine::Level level, const clang::Diagnostic& info, std::string option,
                                      std::string message) {
  const auto found = enforced_.find(info.getID());
  const bool promoted = level == DiagnosticsEngine::Error;
  const WarningRule& rule = found != enforced_.end() ? *found->second.rule
                            : promoted               ? kPmw090UnitWerror
                                                     : kPmw091CompilerWarning;
  report::Finding finding;
  finding.rule = rule.info.id;
  finding.level = policy_.level(rule.info);
  if (finding.level == report::Level::kOff) return;
  safe_fix_ = safe_fix_for(option);
  if (found != enforced_.end()) option = found->second.option;
  finding.tag = (promoted || finding.level == report::Level::kMust ? "-Werror=" : "-W") + option;
  finding.message = rule.reword == nullptr ? std::move(message) : rule.reword(message);
  finding.cwe = rule.info.cwe;
  finding.where = place_of(info);
  findings_.push_back(std::move(finding));
  last_was_finding_ = true;
  add_fix(info, /*is_note=*/false);
}

}  // namespace proofmark::analyze
