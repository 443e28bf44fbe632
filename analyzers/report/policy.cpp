// SPDX-License-Identifier: Apache-2.0
//
// Policy files. Whatever is not understood is an error: a misspelt level must not weaken a policy silently.
#include "report/policy.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "report/date.h"
#include "report/digest.h"
#include "report/file.h"
#include "report/policy_parameters.h"
#include "report/rule_catalogue.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 7> kMembers{"$schema",    "name",     "version", "description",
                                                   "parameters", "prebuilt", "rules"};
const json kNull;

tl::unexpected<Error> wrong(std::string_view origin, std::string_view what) {
  return tl::unexpected(Error{fmt::format("{}: {}", origin, what), {}});
}

Result<void> check_members(const json& policy, std::string_view origin) {
  if (!policy.is_object()) return wrong(origin, "not a policy (expected a JSON object)");
  for (const auto& item : policy.items()) {
    if (std::ranges::find(kMembers, item.key()) == kMembers.end()) {
      return wrong(origin, fmt::format("unknown member \"{}\"", item.key()));
    }
  }
  const auto version = policy.find("version");
  if (version == policy.end() || *version != 1) {
    return wrong(origin, fmt::format("unknown policy version (expected 1, found {})",
                                     version == policy.end() ? "none" : describe_json(*version)));
  }
  return {};
}

// The rule's id nearest to a misspelt one is of no help (all differ by a digit), so the hint is where the list is.
Result<std::map<std::string, RuleLevels, std::less<>>> read_levels(const json& policy, std::string_view origin) {
  std::map<std::string, RuleLevels, std::less<>> levels;
  const json rules = policy.value("rules", json::object());
  if (!rules.is_object()) return wrong(origin, "\"rules\" is not an object");
  for (const auto& item : rules.items()) {
    const KnownRule* const rule = find_rule_called(item.key());
    if (rule == nullptr) {
      return tl::unexpected(Error{fmt::format("{}: unknown rule {}", origin, describe_json(item.key())),
                                  "`proofmark rules` and `proofmark-elf rules` list the rules"});
    }
    auto read = read_rule_levels(item.value(), rule->id, fmt::format("{}: rule {}", origin, item.key()));
    if (!read) return tl::unexpected(read.error());
    if (!levels.emplace(rule->id, std::move(*read)).second)
      return wrong(origin, fmt::format("rule {} is there twice, by id and by name {}", rule->id, rule->name));
  }
  return levels;
}

// A name alone would let any archive pass that is called so.
Result<std::string> read_prebuilt_identity(const json& entry, const std::string& origin) {
  const auto within = entry.find("within"), sha256 = entry.find("sha256");
  if ((within == entry.end()) == (sha256 == entry.end())) {
    return wrong(origin, R"(needs either "within": "sysroot" or "sha256")");
  }
  if (within != entry.end()) {
    if (*within == "sysroot") return std::string();
    return wrong(origin, fmt::format(R"("within" is unknown (expected "sysroot", found {}))", within->dump()));
  }
  const std::string digest = sha256->is_string() ? sha256->get<std::string>() : "";
  const bool hex = digest.size() == 64 && digest.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (hex) return digest;
  return wrong(origin, fmt::format(R"("sha256" is not 64 lower-case hex digits (found {}))", sha256->dump()));
}

Result<PrebuiltWaiver> read_prebuilt(const json& entry, std::string_view origin) {
  PrebuiltWaiver waiver;
  const std::array<std::pair<const char*, std::string PrebuiltWaiver::*>, 4> members{
      {{"archive", &PrebuiltWaiver::archive},
       {"reason", &PrebuiltWaiver::reason},
       {"owner", &PrebuiltWaiver::owner},
       {"expires", &PrebuiltWaiver::expires}}};
  for (const auto& [key, member] : members) {
    auto value = required_string(entry, key, fmt::format("{}: prebuilt {}", origin, waiver.archive));
    if (!value) return tl::unexpected(value.error());
    waiver.*member = std::move(*value);
  }
  if (const auto date = parse_date(waiver.expires); !date) {
    return wrong(origin, fmt::format("prebuilt {}: {}", waiver.archive, date.error().message));
  }
  auto identity = read_prebuilt_identity(entry, fmt::format("{}: prebuilt {}", origin, waiver.archive));
  if (!identity) return tl::unexpected(identity.error());
  waiver.sha256 = std::move(*identity);
  return waiver;
}

}  // namespace

Result<Policy> Policy::load(const std::filesystem::path& file) {
  const auto bytes = read_file(file);
  if (!bytes) return tl::unexpected(bytes.error());
  const std::string origin = file.string();
  const auto parsed = parse_json_unique(*bytes, origin);
  if (!parsed) return tl::unexpected(parsed.error());
  if (auto members = check_members(*parsed, origin); !members) return tl::unexpected(members.error());

  Policy policy;
  policy.sha256_ = sha256_hex(*bytes);
  auto name = required_string(*parsed, "name", origin);
  if (!name) return tl::unexpected(name.error());
  policy.name_ = std::move(*name);
  if (parsed->contains("description")) {
    auto description = required_string(*parsed, "description", origin);
    if (!description) return tl::unexpected(description.error());
    policy.description_ = std::move(*description);
  }
  auto levels = read_levels(*parsed, origin);
  if (!levels) return tl::unexpected(levels.error());
  policy.levels_ = std::move(*levels);
  policy.parameters_ = parsed->value("parameters", json::object());
  if (auto checked = check_parameters(policy.parameters_, origin); !checked) return tl::unexpected(checked.error());
  const json prebuilt = parsed->value("prebuilt", json::array());
  if (!prebuilt.is_array()) return wrong(origin, "\"prebuilt\" is not an array");
  for (const json& entry : prebuilt) {
    auto waiver = read_prebuilt(entry, origin);
    if (!waiver) return tl::unexpected(waiver.error());
    policy.prebuilt_.push_back(std::move(*waiver));
  }
  return policy;
}

Level Policy::level(const RuleInfo& rule, const PolicyContext& context) const {
  const RuleLevels* const found = levels(rule.id);
  return found == nullptr ? rule.default_level : found->level(context);
}

Policy Policy::resolved(const PolicyContext& context) const {
  Policy policy = *this;
  for (auto& [rule, levels] : policy.levels_) levels = {{}, levels.level(context)};
  return policy;
}

const RuleLevels* Policy::levels(std::string_view rule) const {
  const auto found = levels_.find(rule);
  return found == levels_.end() ? nullptr : &found->second;
}

const json& Policy::parameter(std::string_view rule, std::string_view name) const {
  const auto group = parameters_.find(std::string(rule));
  if (group == parameters_.end() || !group->is_object()) return kNull;
  const auto value = group->find(std::string(name));
  return value == group->end() ? kNull : *value;
}

}  // namespace proofmark::report
