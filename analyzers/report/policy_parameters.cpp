// SPDX-License-Identifier: Apache-2.0
//
// The table of parameters; see policy_parameters.h.
#include "report/policy_parameters.h"

#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/file.h"
#include "report/rule_catalogue.h"

namespace proofmark::report {
namespace {

using nlohmann::json;
using Type = Parameter::Type;

constexpr std::string_view kLinkTypes[] = {"static-pie", "static", "dynamic", "shared", "relocatable"};

constexpr std::string_view kCode[] = {"origin", "symbol"};

constexpr Parameter kParameters[] = {
    {"PMC", "honour-nolint", Type::kFlag},
    {"PMC", "options", Type::kTexts},
    {"PME001", "link", Type::kWords, kLinkTypes},
    {"PME002", "allowed"},
    {"PME012", "forbid"},
    {"PME021", "allow", Type::kExcuses, kCode},
    {"PMF002", "minimum", Type::kCount, {}, 1, 3},
    {"PMG", "run", Type::kFlag},
    {"PMS", "max-nodes", Type::kCount, {}, 1, 100'000'000},
    {"PMS", "quiet-nodes", Type::kCount, {}, 0, 100'000'000},
    {"PMS115", "sources", Type::kArguments},
    {"PMS411", "functions"},
    {"PMS501", "max-frame", Type::kCount, {}, 1, 1'000'000'000},
    {"PMS502", "max-chain", Type::kCount, {}, 1, 1'000'000'000},
    {"PMS506", "handlers"},
    {"PMW", "errors"},
    {"waivers", "forbid", Type::kRules},
    {"waivers", "in-source", Type::kFlag},
    {"waivers", "max-days", Type::kCount, {}, 1, 36'500},
};

tl::unexpected<Error> wrong(const std::string& origin, std::string_view what) {
  return tl::unexpected(Error{fmt::format("{}: {}", origin, what), {}});
}

Result<void> check_count(const Parameter& parameter, const json& value, const std::string& origin) {
  if (value.is_number_unsigned() && value.get<std::uint64_t>() >= parameter.least &&
      value.get<std::uint64_t>() <= parameter.most)
    return {};
  return wrong(origin, fmt::format("not a count (expected {} to {}, found {})", parameter.least, parameter.most,
                                   describe_json(value)));
}

Result<void> check_words(const Parameter& parameter, const json& value, const std::string& origin) {
  if (!value.is_array())
    return wrong(origin, fmt::format("not a list of strings (expected an array, found {})", describe_json(value)));
  std::set<std::string> seen;
  for (const json& item : value) {
    if (!item.is_string() || item.get_ref<const std::string&>().empty())
      return wrong(origin, fmt::format("holds no text (expected a string, found {})", describe_json(item)));
    const auto& word = item.get_ref<const std::string&>();
    if (!parameter.words.empty() && std::ranges::find(parameter.words, word) == parameter.words.end())
      return wrong(origin, fmt::format("unknown word (expected {}, found {})", fmt::join(parameter.words, " or "),
                                       describe_json(item)));
    if (!seen.insert(word).second) return wrong(origin, fmt::format("{} is there twice", describe_json(item)));
  }
  return {};
}

Result<void> check_arguments(const Parameter& parameter, const json& value, const std::string& origin) {
  if (auto checked = check_words(parameter, value, origin); !checked) return checked;
  for (const json& item : value) {
    const auto& word = item.get_ref<const std::string&>();
    const std::size_t colon = word.find(':');
    const auto is_name = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
    const bool is_argument = colon != std::string::npos && colon > 0 && word.size() == colon + 2 &&
                             std::isdigit(static_cast<unsigned char>(word.back())) != 0 &&
                             std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(colon), is_name);
    if (!is_argument)
      return wrong(origin, fmt::format("not an argument of a function (expected <name>:<0 to 9>, found {})",
                                       describe_json(item)));
  }
  return {};
}

// A beginning that no rule has would forbid nothing.
Result<void> check_rules(const Parameter& parameter, const json& value, const std::string& origin) {
  if (auto words = check_words(parameter, value, origin); !words) return words;
  for (const json& item : value) {
    const auto& start = item.get_ref<const std::string&>();
    if (find_rule_called(start) != nullptr) continue;
    if (std::ranges::none_of(known_rules(), [&](const KnownRule& rule) { return rule.id.starts_with(start); }))
      return wrong(origin, fmt::format("{} is no rule and begins none", describe_json(item)));
  }
  return {};
}

Result<void> check_excuse(const Parameter& parameter, const json& entry, const std::string& origin) {
  if (!entry.is_object()) return wrong(origin, fmt::format("not an object (found {})", describe_json(entry)));
  for (const auto& item : entry.items()) {
    const bool known =
        item.key() == "reason" || std::ranges::find(parameter.words, item.key()) != parameter.words.end();
    if (!known)
      return wrong(origin, fmt::format("unknown member {} (expected reason, {})", describe_json(item.key()),
                                       fmt::join(parameter.words, " or ")));
    if (auto text = required_string(entry, item.key().c_str(), origin); !text) return tl::unexpected(text.error());
  }
  if (!entry.contains("reason")) return wrong(origin, "\"reason\" is missing");
  if (entry.size() == 1)
    return wrong(origin, fmt::format("names nothing (expected {})", fmt::join(parameter.words, " or ")));
  return {};
}

Result<void> check_excuses(const Parameter& parameter, const json& value, const std::string& origin) {
  if (!value.is_array())
    return wrong(origin, fmt::format("not a list of entries (expected an array, found {})", describe_json(value)));
  for (std::size_t i = 0; i < value.size(); ++i) {
    auto checked = check_excuse(parameter, value[i], fmt::format("{}, entry {}", origin, i + 1));
    if (!checked) return checked;
  }
  return {};
}

Result<void> check_flag(const json& value, const std::string& origin) {
  if (value.is_boolean()) return {};
  return wrong(origin, fmt::format("neither true nor false (found {})", describe_json(value)));
}

Result<void> check_texts(const json& value, const std::string& origin) {
  if (!value.is_object())
    return wrong(origin, fmt::format("not an object of strings (found {})", describe_json(value)));
  for (const auto& item : value.items()) {
    const std::string_view rule = std::string_view(item.key()).substr(0, item.key().find('.'));
    if (find_rule_called(rule) == nullptr)
      return wrong(origin,
                   fmt::format("{} is an option of no rule (expected <name>.<option>)", describe_json(item.key())));
    if (!item.value().is_string())
      return wrong(origin, fmt::format("{} has no text (expected a string, found {})", describe_json(item.key()),
                                       describe_json(item.value())));
  }
  return {};
}

Result<void> check_value(const Parameter& parameter, const json& value, const std::string& origin) {
  if (parameter.type == Type::kFlag) return check_flag(value, origin);
  if (parameter.type == Type::kTexts) return check_texts(value, origin);
  if (parameter.type == Type::kCount) return check_count(parameter, value, origin);
  if (parameter.type == Type::kArguments) return check_arguments(parameter, value, origin);
  if (parameter.type == Type::kWords) return check_words(parameter, value, origin);
  if (parameter.type == Type::kRules) return check_rules(parameter, value, origin);
  return check_excuses(parameter, value, origin);
}

Result<void> check_group(const std::string& group, const json& members, const std::string& origin) {
  std::vector<std::string_view> names;
  for (const Parameter& parameter : kParameters)
    if (parameter.group == group) names.push_back(parameter.name);
  if (names.empty()) return wrong(origin, "it has no parameters");
  if (!members.is_object())
    return wrong(origin, fmt::format("not an object of parameters (found {})", describe_json(members)));
  for (const auto& item : members.items()) {
    const auto known = std::ranges::find_if(
        kParameters, [&](const Parameter& one) { return one.group == group && one.name == item.key(); });
    if (known == std::end(kParameters))
      return wrong(origin, fmt::format("unknown parameter {} (expected {})", describe_json(item.key()),
                                       fmt::join(names, " or ")));
    const std::string place = fmt::format("{}, {}", origin, item.key());
    if (auto checked = check_value(*known, item.value(), place); !checked) return checked;
  }
  return {};
}

}  // namespace

std::span<const Parameter> parameters() {
  return kParameters;
}

Result<void> check_parameters(const json& value, const std::string& origin) {
  if (!value.is_object()) return wrong(origin, "\"parameters\" is not an object");
  for (const auto& item : value.items()) {
    const std::string place = fmt::format("{}: parameters of {}", origin, describe_json(item.key()));
    if (auto checked = check_group(item.key(), item.value(), place); !checked) return checked;
  }
  return {};
}

}  // namespace proofmark::report
