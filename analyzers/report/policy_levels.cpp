// SPDX-License-Identifier: Apache-2.0
//
// Conditional levels; see policy_levels.h. What can never be met, or never be reached, is refused: in a policy it can only
// be a mistake, and it would be a silent one.
#include "report/policy_levels.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/file.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

constexpr int kMaxVersion = 999;

tl::unexpected<Error> wrong(const std::string& origin, std::string_view what) {
  return tl::unexpected(Error{fmt::format("{}: {}", origin, what), {}});
}

bool is_any_of(const std::vector<std::string>& wanted, const std::string& found) {
  return wanted.empty() || std::ranges::find(wanted, found) != wanted.end();
}

// "gcc" or ["gcc", "clang"].
Result<std::vector<std::string>> read_words(const json& value, std::string_view key,
                                            std::span<const std::string_view> known, const std::string& origin) {
  const json list = value.is_array() ? value : json::array({value});
  if (list.empty()) return wrong(origin, fmt::format("\"{}\" is empty", key));
  std::vector<std::string> words;
  for (const json& item : list) {
    const bool is_known =
        item.is_string() && std::ranges::find(known, item.get_ref<const std::string&>()) != known.end();
    if (!is_known) {
      return wrong(origin, fmt::format("\"{}\" is unknown (expected {}, found {})", key, fmt::join(known, " or "),
                                       describe_json(item)));
    }
    words.push_back(item.get<std::string>());
  }
  return words;
}

Result<int> read_version(const json& value, std::string_view key, const std::string& origin) {
  if (value.is_number_integer() && value >= 1 && value <= kMaxVersion) return value.get<int>();
  return wrong(origin, fmt::format("\"{}\" is no major version (expected 1 to {}, found {})", key, kMaxVersion,
                                   describe_json(value)));
}

Result<void> read_member(const std::string& key, const json& value, LevelCondition& when, const std::string& origin) {
  struct Words {
    std::string_view key;
    std::vector<std::string> LevelCondition::* member;
    std::span<const std::string_view> known;
  };
  for (const Words& one : {Words{"compiler", &LevelCondition::compilers, kCompilers},
                           Words{"machine", &LevelCondition::machines, kMachines},
                           Words{"artifact", &LevelCondition::artifacts, kArtifacts}}) {
    if (key != one.key) continue;
    auto words = read_words(value, key, one.known, origin);
    if (!words) return tl::unexpected(words.error());
    when.*one.member = std::move(*words);
    return {};
  }
  if (key != "from" && key != "below") {
    return wrong(origin,
                 fmt::format("unknown condition \"{}\" (expected compiler, from, below, machine or artifact)", key));
  }
  const auto version = read_version(value, key, origin);
  if (!version) return tl::unexpected(version.error());
  (key == "from" ? when.from : when.below) = *version;
  return {};
}

// What the tools know of the thing a rule judges: an ELF file does not say which compiler made all of it, and a waiver
// has neither compiler nor machine.
Result<void> check_knowable(const LevelCondition& when, std::string_view rule, const std::string& origin) {
  if (rule.starts_with("PMX")) return wrong(origin, "a rule about waivers knows no conditions");
  if (rule.starts_with("PME") && !when.compilers.empty())
    return wrong(origin, "a rule about ELF files knows no \"compiler\"");
  if ((when.from != 0 || when.below != 0) && when.compilers.size() != 1)
    return wrong(origin, "\"from\" and \"below\" need \"compiler\" to be one compiler");
  if (when.below != 0 && when.from >= when.below)
    return wrong(origin, fmt::format("no version is from {} and below {}", when.from, when.below));
  return {};
}

Result<LevelCondition> read_condition(const json& value, std::string_view rule, const std::string& origin) {
  if (!value.is_object() || value.empty()) {
    return wrong(origin, fmt::format("\"when\" is no condition (expected an object that is not empty, found {})",
                                     describe_json(value)));
  }
  LevelCondition when;
  for (const auto& item : value.items())
    if (auto read = read_member(item.key(), item.value(), when, origin); !read) return tl::unexpected(read.error());
  if (auto knowable = check_knowable(when, rule, origin); !knowable) return tl::unexpected(knowable.error());
  return when;
}

Result<Level> read_level(const json& value, const std::string& origin) {
  auto level = parse_level(value.is_string() ? value.get<std::string>() : describe_json(value));
  if (level) return level;
  return wrong(origin, level.error().message);
}

Result<void> read_entry(const json& entry, bool last, std::string_view rule, RuleLevels& levels,
                        const std::string& origin) {
  if (!entry.is_object()) return wrong(origin, fmt::format("not an object (found {})", describe_json(entry)));
  for (const auto& item : entry.items())
    if (item.key() != "when" && item.key() != "level")
      return wrong(origin, fmt::format("unknown member \"{}\" (expected when or level)", item.key()));
  if (!entry.contains("level")) return wrong(origin, "\"level\" is missing");
  const auto level = read_level(entry["level"], origin);
  if (!level) return tl::unexpected(level.error());
  if (last) {
    if (entry.contains("when")) return wrong(origin, "the last entry has a \"when\" (expected a level for all else)");
    levels.otherwise = *level;
    return {};
  }
  if (!entry.contains("when")) return wrong(origin, "\"when\" is missing, so that no later entry is ever reached");
  auto when = read_condition(entry["when"], rule, origin);
  if (!when) return tl::unexpected(when.error());
  levels.conditional.push_back({std::move(*when), *level});
  return {};
}

void put_words(json& object, const char* key, const std::vector<std::string>& words) {
  if (words.size() == 1) object[key] = words.front();
  if (words.size() > 1) object[key] = words;
}

}  // namespace

bool LevelCondition::is_met(const PolicyContext& context) const {
  if (!is_any_of(compilers, context.compiler) || !is_any_of(machines, context.machine) ||
      !is_any_of(artifacts, context.artifact))
    return false;
  if (from != 0 && context.major < from) return false;
  return below == 0 || (context.major != 0 && context.major < below);
}

std::string LevelCondition::describe() const {
  std::string compiler = fmt::format("{}", fmt::join(compilers, " or "));
  if (from != 0) compiler += fmt::format(" from {}", from);
  if (below != 0) compiler += fmt::format(" before {}", below);
  std::vector<std::string> parts;
  for (const std::string& part :
       {compiler, fmt::format("{}", fmt::join(machines, " or ")), fmt::format("{}", fmt::join(artifacts, " or "))})
    if (!part.empty()) parts.push_back(part);
  return fmt::format("{}", fmt::join(parts, ", "));
}

Level RuleLevels::level(const PolicyContext& context) const {
  for (const ConditionalLevel& one : conditional)
    if (one.when.is_met(context)) return one.level;
  return otherwise;
}

Result<RuleLevels> read_rule_levels(const json& value, std::string_view rule, const std::string& origin) {
  RuleLevels levels;
  if (!value.is_array()) {
    const auto level = read_level(value, origin);
    if (!level) return tl::unexpected(level.error());
    levels.otherwise = *level;
    return levels;
  }
  if (value.empty()) return wrong(origin, "no level (expected a level, or a list that ends with one for all else)");
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool last = i + 1 == value.size();
    auto read = read_entry(value[i], last, rule, levels, fmt::format("{}, entry {}", origin, i + 1));
    if (!read) return tl::unexpected(read.error());
  }
  return levels;
}

json rule_levels_to_json(const RuleLevels& levels) {
  if (levels.conditional.empty()) return level_name(levels.otherwise);
  json list = json::array();
  for (const auto& [when, level] : levels.conditional) {
    json condition = json::object();
    put_words(condition, "compiler", when.compilers);
    put_words(condition, "machine", when.machines);
    put_words(condition, "artifact", when.artifacts);
    if (when.from != 0) condition["from"] = when.from;
    if (when.below != 0) condition["below"] = when.below;
    list.push_back({{"when", std::move(condition)}, {"level", level_name(level)}});
  }
  list.push_back({{"level", level_name(levels.otherwise)}});
  return list;
}

}  // namespace proofmark::report
