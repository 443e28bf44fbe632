// SPDX-License-Identifier: Apache-2.0
//
// Comparison of two policies; see policy_diff.h.
#include "tool/policy_diff.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/file.h"

namespace proofmark::analyze {
namespace {

using nlohmann::json;
using report::PolicyContext;
using report::RuleLevels;

// Names unknown to every policy stand for all that no condition mentions.
template <std::size_t size>
std::vector<std::string> with_other(const std::string_view (&names)[size]) {
  std::vector<std::string> all{""};
  all.insert(all.end(), std::begin(names), std::end(names));
  return all;
}

// Levels only change at the versions that a condition names.
std::set<int> versions_of(const RuleLevels& from, const RuleLevels& to) {
  std::set<int> versions{0, 999};
  for (const RuleLevels* levels : {&from, &to})
    for (const auto& [when, level] : levels->conditional)
      for (const int edge : {when.from, when.below})
        if (edge != 0) versions.insert({edge - 1, edge});
  return versions;
}

// One context for every combination that the conditions can tell apart.
std::vector<PolicyContext> contexts_of(const RuleLevels& from, const RuleLevels& to) {
  std::vector<PolicyContext> contexts;
  for (const std::string& compiler : with_other(report::kCompilers))
    for (const int version : versions_of(from, to))
      for (const std::string& machine : with_other(report::kMachines))
        for (const std::string& artifact : with_other(report::kArtifacts))
          contexts.push_back({compiler, version, machine, artifact});
  return contexts;
}

std::optional<Change> change_of(const RuleLevels& from, const RuleLevels& to) {
  bool stricter = false, laxer = false;
  for (const PolicyContext& context : contexts_of(from, to)) {
    stricter = stricter || to.level(context) > from.level(context);
    laxer = laxer || to.level(context) < from.level(context);
  }
  if (stricter && laxer) return Change::kMixed;
  if (stricter) return Change::kStricter;
  if (laxer) return Change::kLaxer;
  return std::nullopt;
}

const char* change_name(Change change) {
  if (change == Change::kStricter) return "stricter";
  return change == Change::kLaxer ? "laxer" : "mixed";
}

void compare_parameters(const PolicyView& from, const PolicyView& to, PolicyDiff& diff) {
  using Values = std::map<std::pair<std::string, std::string>, std::pair<std::string, std::string>>;
  Values values;
  for (const auto& [group, name, value] : from.parameters) values[{group, name}] = {value, "none"};
  for (const auto& [group, name, value] : to.parameters) {
    const auto [entry, added] = values.try_emplace({group, name}, "none", value);
    if (!added) entry->second.second = value;
  }
  for (const auto& [key, value] : values)
    if (value.first != value.second) diff.parameters.push_back({key.first, key.second, value.first, value.second});
}

// Entries of `some` that `others` lacks, by archive.
std::set<std::string> archives_only_in(const report::Policy& some, const report::Policy& others) {
  std::set<std::string> archives;
  for (const report::PrebuiltWaiver& one : some.prebuilt())
    if (std::ranges::find(others.prebuilt(), one) == others.prebuilt().end()) archives.insert(one.archive);
  return archives;
}

void compare_prebuilt(const report::Policy& from, const report::Policy& to, PolicyDiff& diff) {
  const std::set<std::string> removed = archives_only_in(from, to), added = archives_only_in(to, from);
  std::ranges::set_intersection(removed, added, std::back_inserter(diff.prebuilt_changed));
  std::ranges::set_difference(removed, added, std::back_inserter(diff.prebuilt_removed));
  std::ranges::set_difference(added, removed, std::back_inserter(diff.prebuilt_added));
}

std::string rules_to_text(const std::vector<RuleChange>& rules) {
  std::size_t width = 0;
  for (const RuleChange& one : rules) width = std::max(width, one.rule.name.size());
  std::string out;
  for (const RuleChange& one : rules) {
    out += fmt::format("{:<8}  {}  {:<{}}  {} -> {}\n", change_name(one.change), one.rule.id, one.rule.name, width,
                       describe(one.from), describe(one.to));
  }
  return out;
}

std::string list_to_text(std::string_view title, const std::vector<std::string>& names) {
  if (names.empty()) return "";
  return fmt::format("{}: {}\n{}", title, names.size(), wrapped(fmt::format("{}", fmt::join(names, " ")), "  "));
}

}  // namespace

bool PolicyDiff::is_empty() const {
  return rules.empty() && parameters.empty() && warnings_added.empty() && warnings_removed.empty() &&
         prebuilt_added.empty() && prebuilt_removed.empty() && prebuilt_changed.empty();
}

PolicyDiff compare(const PolicyView& from, const PolicyView& to) {
  PolicyDiff diff;
  diff.from = from.policy.name();
  diff.to = to.policy.name();
  // Both list every rule of the catalogue, in its order.
  for (std::size_t i = 0; i < from.rules.size() && i < to.rules.size(); ++i) {
    const RuleLevels &before = from.rules[i].levels, &after = to.rules[i].levels;
    if (const auto change = change_of(before, after))
      diff.rules.push_back({from.rules[i].rule, *change, before, after});
  }
  compare_parameters(from, to, diff);
  std::ranges::set_difference(to.warnings, from.warnings, std::back_inserter(diff.warnings_added));
  std::ranges::set_difference(from.warnings, to.warnings, std::back_inserter(diff.warnings_removed));
  compare_prebuilt(from.policy, to.policy, diff);
  return diff;
}

std::string diff_to_text(const PolicyDiff& diff) {
  if (diff.is_empty()) return fmt::format("{} and {} ask the same\n", diff.from, diff.to);
  std::string out = fmt::format("{} -> {}\n", diff.from, diff.to) + rules_to_text(diff.rules);
  for (const auto& [group, name, from, to] : diff.parameters)
    out += fmt::format("parameter {} {}: {} -> {}\n", group, name, from, to);
  out += list_to_text("warnings that become errors", diff.warnings_added);
  out += list_to_text("warnings that are errors no longer", diff.warnings_removed);
  out += list_to_text("prebuilt archives newly accepted", diff.prebuilt_added);
  out += list_to_text("prebuilt archives accepted no longer", diff.prebuilt_removed);
  out += list_to_text("prebuilt archives accepted on other terms", diff.prebuilt_changed);
  const auto number = [&](Change change) { return std::ranges::count(diff.rules, change, &RuleChange::change); };
  return out + fmt::format("rules: {} stricter, {} laxer, {} mixed\n", number(Change::kStricter),
                           number(Change::kLaxer), number(Change::kMixed));
}

std::string diff_to_json(const PolicyDiff& diff) {
  json rules = json::array(), parameters = json::array();
  for (const RuleChange& one : diff.rules) {
    rules.push_back({{"id", one.rule.id},
                     {"name", one.rule.name},
                     {"change", change_name(one.change)},
                     {"from", report::rule_levels_to_json(one.from)},
                     {"to", report::rule_levels_to_json(one.to)}});
  }
  for (const auto& [group, name, from, to] : diff.parameters)
    parameters.push_back({{"group", group}, {"name", name}, {"from", from}, {"to", to}});
  return report::dump_json(
      {{"from", diff.from},
       {"to", diff.to},
       {"same", diff.is_empty()},
       {"rules", std::move(rules)},
       {"parameters", std::move(parameters)},
       {"enforced_warnings", {{"added", diff.warnings_added}, {"removed", diff.warnings_removed}}},
       {"prebuilt",
        {{"added", diff.prebuilt_added}, {"removed", diff.prebuilt_removed}, {"changed", diff.prebuilt_changed}}}});
}

}  // namespace proofmark::analyze
