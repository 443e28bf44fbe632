// SPDX-License-Identifier: Apache-2.0
//
// reportingDescriptor objects (SARIF section 3.49) with the properties that GitHub's code scanning reads.
#include "report/sarif_rules.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "report/file.h"
#include "report/rule_catalogue.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxTags = 10;  // GitHub keeps ten of a rule
constexpr std::size_t kMaxPageBytes = std::size_t{1} << 18;

// The scale of CVSS, of which GitHub makes critical (above 9), high (7), medium (4) and low.
const char* security_severity(Level level) {
  switch (level) {
    case Level::kMust:
      return "8.0";
    case Level::kShould:
      return "5.0";
    case Level::kAdvisory:
    case Level::kOff:
      break;
  }
  return "2.0";
}

// The page without the title, which GitHub shows itself; empty when there is none.
std::string page(const std::filesystem::path& pages, std::string_view rule) {
  // The id becomes a file name, and may come from evidence that others wrote.
  const bool is_id = std::ranges::all_of(rule, [](unsigned char c) { return std::isalnum(c) != 0; });
  if (pages.empty() || !is_id) return {};
  const auto text = read_file(pages / fmt::format("{}.md", rule), kMaxPageBytes);
  if (!text) return {};
  const auto body = text->find("\n\n");
  return text->starts_with("# ") && body != std::string::npos ? text->substr(body + 2) : *text;
}

}  // namespace

const char* sarif_level(Level level) {
  switch (level) {
    case Level::kMust:
      return "error";
    case Level::kShould:
      return "warning";
    case Level::kAdvisory:
    case Level::kOff:
      break;
  }
  return "note";
}

std::string cwe_tag(int cwe) {
  return fmt::format("external/cwe/cwe-{:03}", cwe);
}

SarifRules::SarifRules(const Review& review) : pages_(review.rule_pages) {
  const auto note = [this](const Finding& finding) {
    Use& use = uses_[finding.rule];
    use.level = std::max(use.level, finding.level);
    const bool is_new = finding.cwe != 0 && std::ranges::find(use.cwes, finding.cwe) == use.cwes.end();
    if (is_new) use.cwes.push_back(finding.cwe);
  };
  for (const Reviewed& one : review.findings) note(one.finding);
  for (const Reviewed& one : review.gone) note(one.finding);
  for (const RuleInfo& rule : review.report.rules) add(rule);
  for (const auto& [id, use] : uses_) {
    const KnownRule* const known = find_known_rule(id);
    const std::string_view name = known != nullptr ? known->name : std::string_view(id);
    add({id, name, name, known != nullptr ? known->default_level : use.level, 0});
  }
}

void SarifRules::add(const RuleInfo& rule) {
  const auto [position, added] = positions_.try_emplace(std::string(rule.id), list_.size());
  if (!added) return;
  const auto found = uses_.find(rule.id);
  const bool used = found != uses_.end();
  const Use use = used ? found->second : Use{};
  list_.push_back({{"id", rule.id},
                   {"name", rule.name},
                   {"shortDescription", {{"text", rule.summary}}},
                   {"fullDescription", {{"text", rule.summary}}},
                   {"help", help(rule, used)},
                   {"helpUri", fmt::format("urn:proofmark:rule:{}", rule.id)},
                   {"defaultConfiguration", {{"level", sarif_level(rule.default_level)}}},
                   {"properties",
                    {{"tags", tags(rule, use)},
                     {"precision", "high"},
                     {"security-severity", security_severity(used ? use.level : rule.default_level)}}}});
}

json SarifRules::tags(const RuleInfo& rule, const Use& use) {
  std::vector<std::string> all{"security"};
  if (rule.cwe != 0) all.push_back(cwe_tag(rule.cwe));
  for (const int cwe : use.cwes)
    if (cwe != rule.cwe) all.push_back(cwe_tag(cwe));
  if (all.size() > kMaxTags) {
    ++cut_tags_;
    all.resize(kMaxTags);
  }
  return all;
}

json SarifRules::help(const RuleInfo& rule, bool with_page) const {
  json help{
      {"text", fmt::format("{} See docs/rules/{}.md, or run: proofmark explain {}", rule.summary, rule.id, rule.id)}};
  if (std::string text = with_page ? page(pages_, rule.id) : ""; !text.empty()) help["markdown"] = std::move(text);
  return help;
}

}  // namespace proofmark::report
