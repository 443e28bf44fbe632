// SPDX-License-Identifier: Apache-2.0
//
// Reading and matching of baselines. They come from artefact stores and branches that others write to: the worst that a
// hostile one can do is what it is for, to excuse findings in CI.
#include "report/baseline.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/file.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

// Every file of ours whose member "findings" has the JSON form of findings.
constexpr std::array<const char*, 4> kOwnFiles{"proofmark_baseline", "proofmark_evidence", "proofmark_findings",
                                               "proofmark_audit"};

// Null when there is no such member; `path` is one of ours.
const json& at(const json& object, std::initializer_list<const char*> path) {
  static const json kNull;
  const json* value = &object;
  for (const char* const key : path) {
    const auto found = value->is_object() ? value->find(key) : value->end();
    if (!value->is_object() || found == value->end()) return kNull;
    value = &*found;
  }
  return *value;
}

std::string text(const json& value) {
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::string percent_decode(std::string_view uri) {
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    const auto digit = [&uri](std::size_t at) { return std::string_view("0123456789ABCDEF").find(uri[at]); };
    const bool escaped = uri[i] == '%' && i + 2 < uri.size() && digit(i + 1) < 16 && digit(i + 2) < 16;
    path += escaped ? static_cast<char>(digit(i + 1) * 16 + digit(i + 2)) : uri[i];
    if (escaped) i += 2;
  }
  return path;
}

Level sarif_level_from(const std::string& word) {
  return word == "error" ? Level::kMust : word == "warning" ? Level::kShould : Level::kAdvisory;
}

Reviewed finding_from_sarif(const json& result) {
  Reviewed known;
  Finding& finding = known.finding;
  finding.rule = text(at(result, {"ruleId"}));
  finding.level = sarif_level_from(text(at(result, {"level"})));
  finding.message = text(at(result, {"message", "text"}));
  const std::string id = text(at(result, {"partialFingerprints", "primaryLocationLineHash"}));
  known.fingerprint = id.substr(0, id.find(':'));
  if (const json& suppressions = at(result, {"suppressions"}); suppressions.is_array() && !suppressions.empty())
    finding.waived_by = "suppressed";
  const json& locations = at(result, {"locations"});
  if (!locations.is_array() || locations.empty()) return known;
  const json& place = at(locations.front(), {"physicalLocation"});
  const std::string uri = text(at(place, {"artifactLocation", "uri"}));
  finding.where.file = percent_decode(uri.starts_with("file://") ? uri.substr(7) : uri);
  if (const json& line = at(place, {"region", "startLine"}); line.is_number_unsigned())
    finding.where.line = line.get<unsigned>();
  return known;
}

Result<std::vector<Reviewed>> read_sarif(const json& runs, const std::string& origin) {
  std::vector<Reviewed> findings;
  for (const json& run : runs) {
    if (!text(at(run, {"tool", "driver", "name"})).starts_with("proofmark-"))
      return tl::unexpected(Error{fmt::format("{}: SARIF of another tool", origin), {}});
    const json& results = at(run, {"results"});
    if (!results.is_array()) return tl::unexpected(Error{fmt::format("{}: a run without results", origin), {}});
    for (const json& result : results)
      if (text(at(result, {"baselineState"})) != "absent") findings.push_back(finding_from_sarif(result));
  }
  return findings;
}

Result<std::vector<Reviewed>> read_own(const json& file, const std::string& origin) {
  const bool known = std::ranges::any_of(kOwnFiles, [&file](const char* key) { return at(file, {key}) == 1; });
  const json& list = at(file, {"findings"});
  if (!known || !list.is_array())
    return tl::unexpected(Error{fmt::format("{}: not a baseline", origin),
                                "one is written by --write-baseline, --evidence, --format json or --format sarif"});
  std::vector<Reviewed> findings;
  for (const json& item : list) {
    auto finding = finding_from_json(item, origin);
    if (!finding) return tl::unexpected(finding.error());
    findings.push_back({std::move(*finding), text(at(item, {"fingerprint"})), {}, Novelty::kUntold});
  }
  return findings;
}

}  // namespace

bool is_inexcusable(const Finding& finding) {
  return finding.rule.starts_with("PMX") || finding.rule == "PMT001";
}

Result<Baseline> Baseline::load(const std::filesystem::path& file) {
  const auto parsed = read_json(file);
  if (!parsed) return tl::unexpected(parsed.error());
  const json& runs = at(*parsed, {"runs"});
  auto findings = runs.is_array() ? read_sarif(runs, file.string()) : read_own(*parsed, file.string());
  if (!findings) return tl::unexpected(findings.error());
  Baseline baseline;
  for (Reviewed& known : *findings) {
    const Finding& finding = known.finding;
    if (!finding.waived_by.empty() || finding.level == Level::kOff || is_inexcusable(finding)) continue;
    if (known.fingerprint.empty())
      return tl::unexpected(Error{fmt::format("{}: a finding of {} has no fingerprint", file.string(), finding.rule),
                                  "an older version wrote it; write it again"});
    baseline.findings_.push_back(std::move(known));
  }
  return baseline;
}

void Baseline::apply(Review& review) const {
  std::multimap<std::string_view, const Reviewed*> open;
  for (const Reviewed& known : findings_) open.emplace(known.fingerprint, &known);
  for (Reviewed& one : review.findings) {
    one.novelty = Novelty::kNew;
    const auto known = open.find(one.fingerprint);
    if (known == open.end() || is_inexcusable(one.finding)) continue;
    if (known->second->finding.level >= one.finding.level) one.novelty = Novelty::kKnown;
    open.erase(known);
  }
  review.gone.clear();
  for (const auto& [fingerprint, known] : open) review.gone.push_back(*known);
  number(review.gone);
}

std::string baseline_to_json(const Review& review) {
  json file{{"proofmark_baseline", 1}, {"findings", json::array()}};
  for (const Reviewed& one : review.findings)
    if (one.finding.waived_by.empty() && !is_inexcusable(one.finding))
      file["findings"].push_back(reviewed_to_json(one));
  return dump_json(file);
}

}  // namespace proofmark::report
