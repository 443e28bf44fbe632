// SPDX-License-Identifier: Apache-2.0
//
// Naming and judging of findings for CI.
#include "report/review.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/digest.h"
#include "report/file.h"
#include "report/source_cache.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

constexpr std::size_t kDigits = 16;
constexpr std::array<std::string_view, 4> kNovelties{"", "new", "known", "elsewhere"};

std::string without_blanks(std::string_view line) {
  std::string kept;
  std::ranges::copy_if(line, std::back_inserter(kept), [](char c) { return c != ' ' && c != '\t'; });
  return kept;
}

std::string without_numbers(std::string_view message) {
  std::string kept;
  for (const char c : message) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit) kept += c;
    if (digit && !kept.ends_with('#')) kept += '#';
  }
  return kept;
}

std::string fingerprint(const Finding& finding, const std::filesystem::path& root, SourceCache& sources) {
  const std::string_view line = sources.line(finding.where.file, finding.where.line);
  const std::string text = line.empty() ? without_numbers(finding.message) : without_blanks(line);
  return sha256_hex(fmt::format("{}\n{}\n{}", finding.rule, display_path(root, finding.where.file), text))
      .substr(0, kDigits);
}

// What makes a finding of the evidence one of the review, which has left out repetitions.
auto identity(const Finding& f) {
  return std::tie(f.where.file, f.where.line, f.where.column, f.rule, f.message);
}

}  // namespace

std::string_view novelty_name(Novelty novelty) {
  return kNovelties[static_cast<std::size_t>(novelty)];
}

unsigned Reviewed::urgency() const {
  if (!finding.waived_by.empty()) return 0;
  return 1 + 2 * static_cast<unsigned>(finding.level) + (excused() ? 0U : 1U);
}

bool Review::waived_in_source(const Finding& finding) const {
  return !finding.waived_by.empty() && std::ranges::any_of(comments, [&](const Waiver& waiver) {
    return waiver.rule == finding.rule && waiver.file == finding.where.file && waiver.covers == finding.where.line &&
           waiver.owner == finding.waived_by && waiver.reason == finding.waiver_reason;
  });
}

ExitCode Review::verdict() const {
  if (incomplete) return ExitCode::kCannotTell;
  return std::ranges::any_of(findings, &Reviewed::fails_run) ? ExitCode::kNo : ExitCode::kYes;
}

void number(std::vector<Reviewed>& findings) {
  std::map<std::string, unsigned> seen;
  for (Reviewed& one : findings) one.id = fmt::format("{}:{}", one.fingerprint, ++seen[one.fingerprint]);
}

Review review(Report report) {
  Review review;
  std::vector<Finding> findings = report.findings;
  std::erase_if(findings, [](const Finding& finding) { return finding.level == Level::kOff; });
  sort_and_deduplicate(findings);
  SourceCache sources;
  for (Finding& finding : findings) {
    std::string print = fingerprint(finding, report.root, sources);
    review.findings.push_back({std::move(finding), std::move(print), {}, Novelty::kUntold});
  }
  number(review.findings);
  review.report = std::move(report);
  return review;
}

json reviewed_to_json(const Reviewed& reviewed) {
  json object = finding_to_json(reviewed.finding);
  object["fingerprint"] = reviewed.fingerprint;
  object["id"] = reviewed.id;
  if (reviewed.novelty != Novelty::kUntold) object["novelty"] = novelty_name(reviewed.novelty);
  return object;
}

std::string evidence_to_json(const Evidence& evidence, const Review& review) {
  json object = json::parse(evidence_to_json(evidence));
  std::map<decltype(identity(evidence.findings.front())), const std::string*> fingerprints;
  for (const Reviewed& one : review.findings) fingerprints.emplace(identity(one.finding), &one.fingerprint);
  for (std::size_t i = 0; i < evidence.findings.size(); ++i) {
    const auto found = fingerprints.find(identity(evidence.findings[i]));
    if (found != fingerprints.end()) object["findings"][i]["fingerprint"] = *found->second;
  }
  return dump_json(object);
}

std::filesystem::path default_rule_pages() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return program.parent_path().parent_path() / "share/proofmark/rules";
}

}  // namespace proofmark::report
