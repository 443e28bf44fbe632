// SPDX-License-Identifier: Apache-2.0
//
// One policy for people and for programs; see policy_view.h.
#include "tool/policy_view.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/file.h"
#include "rules/warning_rule.h"

namespace proofmark::analyze {
namespace {

using nlohmann::json;

constexpr std::size_t kTextWidth = 100;

std::string show_value(const json& value) {
  if (!value.is_array()) return report::describe_json(value);
  std::vector<std::string> words;
  for (const json& item : value)
    words.push_back(item.is_string() ? item.get<std::string>() : report::describe_json(item));
  return words.empty() ? "none" : fmt::format("{}", fmt::join(words, ", "));
}

std::vector<PolicyParameter> parameters_of(const report::Policy& policy) {
  std::vector<PolicyParameter> parameters;
  for (const auto& group : policy.parameters().items()) {
    for (const auto& item : group.value().items()) {
      if (group.key() == "PMW" && item.key() == "errors") continue;  // shown by themselves
      parameters.push_back({group.key(), item.key(), show_value(item.value())});
    }
  }
  return parameters;
}

std::string rule_to_text(const PolicyRule& entry, std::size_t name_width) {
  std::string out;
  std::string id(entry.rule.id), name(entry.rule.name);
  const auto line = [&](report::Level level, std::string_view note) {
    out += fmt::format("{:<6}  {:<{}}  {}", id, name, name_width, report::level_name(level));
    if (!note.empty()) out += fmt::format("{:{}}  {}", "", 8 - report::level_name(level).size(), note);
    out += '\n';
    id.clear();
    name.clear();
  };
  for (const auto& [when, level] : entry.levels.conditional) line(level, when.describe());
  line(entry.levels.otherwise, !entry.named ? "default" : entry.levels.conditional.empty() ? "" : "otherwise");
  return out;
}

std::string rules_to_text(const std::vector<PolicyRule>& rules) {
  std::size_t width = 0;
  for (const PolicyRule& entry : rules) width = std::max(width, entry.rule.name.size());
  std::string out;
  for (const PolicyRule& entry : rules) out += rule_to_text(entry, width);
  return out;
}

}  // namespace

report::Result<PolicyView> load_policy_view(const std::filesystem::path& boards_dir, const std::string& name) {
  const auto file = report::find_policy(boards_dir, name);
  if (!file) return tl::unexpected(file.error());
  auto policy = report::Policy::load(*file);
  if (!policy) return tl::unexpected(policy.error());
  PolicyView view;
  for (const report::KnownRule& rule : report::known_rules()) {
    const report::RuleLevels* const levels = policy->levels(rule.id);
    view.rules.push_back(
        {rule, levels != nullptr ? *levels : report::RuleLevels{{}, rule.default_level}, levels != nullptr});
  }
  view.parameters = parameters_of(*policy);
  view.warnings = enforced_warnings(*policy);
  std::ranges::sort(view.warnings);
  view.policy = std::move(*policy);
  return view;
}

std::string describe(const report::RuleLevels& levels) {
  std::string text;
  for (const auto& [when, level] : levels.conditional)
    text += fmt::format("{} for {}, ", report::level_name(level), when.describe());
  return text + (text.empty() ? "" : "else ") + std::string(report::level_name(levels.otherwise));
}

std::string wrapped(std::string_view text, std::string_view indent) {
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (column == 0 || column + 1 + word.size() > kTextWidth) {
      out += fmt::format("{}{}{}", column == 0 ? "" : "\n", indent, word);
      column = indent.size() + word.size();
    } else {
      out += fmt::format(" {}", word);
      column += 1 + word.size();
    }
  }
  return out + "\n";
}

std::string policy_to_text(const PolicyView& view) {
  const report::Policy& policy = view.policy;
  std::string out = fmt::format("policy {}, sha256 {}\n", policy.name(), policy.sha256());
  if (!policy.description().empty()) out += wrapped(policy.description(), "");
  out += "\n" + rules_to_text(view.rules);
  if (!view.parameters.empty()) out += "\nparameters\n";
  for (const auto& [group, name, value] : view.parameters) out += fmt::format("  {} {}: {}\n", group, name, value);
  out += fmt::format("\nwarnings that are errors: {}\n", view.warnings.size());
  out += wrapped(fmt::format("{}", fmt::join(view.warnings, " ")), "  ");
  out += fmt::format("\nprebuilt archives accepted: {}\n", policy.prebuilt().size());
  for (const report::PrebuiltWaiver& one : policy.prebuilt())
    out +=
        fmt::format("  {:<14}  {}, until {}, {}: {}\n", one.archive,
                    one.sha256.empty() ? "of the sysroot" : "sha256 " + one.sha256, one.expires, one.owner, one.reason);
  return out;
}

std::string policy_to_json(const PolicyView& view) {
  const report::Policy& policy = view.policy;
  json rules = json::array();
  for (const PolicyRule& entry : view.rules) {
    rules.push_back({{"id", entry.rule.id},
                     {"name", entry.rule.name},
                     {"levels", report::rule_levels_to_json(entry.levels)},
                     {"named", entry.named}});
  }
  json prebuilt = json::array();
  for (const report::PrebuiltWaiver& one : policy.prebuilt()) {
    const bool by_digest = !one.sha256.empty();
    prebuilt.push_back({{"archive", one.archive},
                        {by_digest ? "sha256" : "within", by_digest ? one.sha256 : "sysroot"},
                        {"reason", one.reason},
                        {"owner", one.owner},
                        {"expires", one.expires}});
  }
  return report::dump_json({{"name", policy.name()},
                            {"sha256", policy.sha256()},
                            {"description", policy.description()},
                            {"rules", std::move(rules)},
                            {"parameters", policy.parameters()},
                            {"enforced_warnings", view.warnings},
                            {"prebuilt", std::move(prebuilt)}});
}

}  // namespace proofmark::analyze
