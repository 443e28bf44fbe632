// SPDX-License-Identifier: Apache-2.0
//
// Waivers file: {"waivers":[{"rule","place","reason","owner","expires"}]}, all five mandatory.
#include "report/waivers.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "report/file.h"
#include "report/report.h"
#include "report/rule_catalogue.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

struct Place {
  std::string_view glob;
  unsigned line = 0;  // 0 = any
};

Place split_place(std::string_view place) {
  const auto colon = place.rfind(':');
  if (colon == std::string_view::npos) return {place};
  const std::string_view digits = place.substr(colon + 1);
  unsigned line = 0;
  const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), line);
  if (error != std::errc{} || rest != digits.data() + digits.size() || line == 0) return {place};
  return {place.substr(0, colon), line};
}

bool covers(const Waiver& waiver, const Finding& finding, const std::filesystem::path& root) {
  if (waiver.rule != finding.rule) return false;
  const Place place = split_place(waiver.place);
  if (place.line != 0 && place.line != finding.where.line) return false;
  return glob_match(place.glob, display_path(root, finding.where.file));
}

// Line of the n-th "rule" key. A quote inside a JSON string is escaped, so that only keys and whole values can match,
// and the value "rule" is not followed by a colon.
unsigned line_of_entry(std::string_view text, std::size_t index) {
  constexpr std::string_view kKey = "\"rule\"";
  std::size_t at = 0;
  for (std::size_t seen = 0; (at = text.find(kKey, at)) != std::string_view::npos; at += kKey.size()) {
    const auto next = text.find_first_not_of(" \t\r\n", at + kKey.size());
    if (next == std::string_view::npos || text[next] != ':') continue;
    if (seen++ == index) return 1 + static_cast<unsigned>(std::ranges::count(text.substr(0, at), '\n'));
  }
  return 0;
}

Result<Waiver> read_waiver(const json& entry, const std::string& origin) {
  Waiver waiver;
  const std::pair<const char*, std::string Waiver::*> members[] = {
      {"rule", &Waiver::rule}, {"place", &Waiver::place}, {"reason", &Waiver::reason}, {"owner", &Waiver::owner}};
  for (const auto& [key, member] : members) {
    auto value = required_string(entry, key, origin);
    if (!value) return tl::unexpected(value.error());
    waiver.*member = std::move(*value);
  }
  if (const KnownRule* const rule = find_rule_called(waiver.rule)) waiver.rule = rule->id;
  const auto expires = required_string(entry, "expires", origin);
  if (!expires) return tl::unexpected(expires.error());
  const auto date = parse_date(*expires);
  if (!date) return tl::unexpected(Error{fmt::format("{}: \"expires\" is {}", origin, date.error().message), {}});
  waiver.expires = *date;
  return waiver;
}

std::string show(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

Finding about(const RuleInfo& rule, const Waiver& waiver, const std::string& file, std::string message) {
  Finding finding;
  finding.rule = rule.id;
  finding.level = rule.default_level;
  finding.message = std::move(message);
  finding.where = {file, waiver.line, 0};
  return finding;
}

}  // namespace

const RuleInfo kWaiverExpired{"PMX001", "waiver-expired", "A waiver that has expired no longer covers anything.",
                              Level::kMust, 0};
const RuleInfo kWaiverUnused{"PMX002", "waiver-unused", "A waiver that covers no finding is to be deleted.",
                             Level::kShould, 0};

Result<Waivers> Waivers::load(const std::filesystem::path& file) {
  const auto text = read_file(file);
  if (!text) return tl::unexpected(text.error());
  const auto parsed = parse_json(*text, file.string());
  if (!parsed) return tl::unexpected(parsed.error());
  const auto list = parsed->is_object() ? parsed->find("waivers") : parsed->end();
  if (!parsed->is_object() || parsed->size() != 1 || list == parsed->end() || !list->is_array()) {
    return tl::unexpected(
        Error{fmt::format("{}: not a waivers file (expected {{\"waivers\": [...]}})", file.string()), {}});
  }
  Waivers waivers;
  waivers.file_ = file.string();
  for (std::size_t index = 0; index < list->size(); ++index) {
    auto waiver = read_waiver((*list)[index], fmt::format("{}: waiver {}", file.string(), index + 1));
    if (!waiver) return tl::unexpected(waiver.error());
    waiver->line = line_of_entry(*text, index);
    waivers.waivers_.push_back(std::move(*waiver));
  }
  return waivers;
}

void Waivers::apply(std::vector<Finding>& findings, std::span<const RuleInfo> rules, const std::filesystem::path& root,
                    Date today) const {
  std::vector<Finding> own;
  for (const Waiver& waiver : waivers_) {
    if (waiver.expires < today) {
      own.push_back(about(kWaiverExpired, waiver, file_,
                          fmt::format("waiver of {} for {} by {} expired on {}", waiver.rule, waiver.place,
                                      waiver.owner, show(waiver.expires))));
      own.back().hint = "cure the finding and delete the waiver, or have its owner renew it";
      continue;
    }
    bool used = false;
    for (Finding& finding : findings) {
      if (!covers(waiver, finding, root)) continue;
      finding.waived_by = waiver.owner;
      finding.waiver_reason = waiver.reason;
      used = true;
    }
    const bool judged = std::ranges::any_of(rules, [&](const RuleInfo& rule) { return rule.id == waiver.rule; });
    if (used || !judged) continue;
    own.push_back(
        about(kWaiverUnused, waiver, file_,
              fmt::format("waiver of {} for {} by {} covers no finding", waiver.rule, waiver.place, waiver.owner)));
    own.back().hint = "delete it";
  }
  std::ranges::move(own, std::back_inserter(findings));
}

bool glob_match(std::string_view pattern, std::string_view text) {
  struct Retry {
    std::size_t pattern = std::string_view::npos, text = 0;
  };
  Retry star, double_star;  // where to go on when a later part fails: just after the star, one more character eaten
  std::size_t p = 0, t = 0;
  while (t < text.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      const bool twice = pattern.substr(p).starts_with("**");
      p += twice ? 2 : 1;
      (twice ? double_star : star) = {p, t};
      if (twice) star = {};
    } else if (p < pattern.size() && t < text.size() &&
               (pattern[p] == text[t] || (pattern[p] == '?' && text[t] != '/'))) {
      ++p;
      ++t;
    } else if (star.pattern != std::string_view::npos && star.text < text.size() && text[star.text] != '/') {
      p = star.pattern;
      t = ++star.text;
    } else if (double_star.pattern != std::string_view::npos && double_star.text < text.size()) {
      p = double_star.pattern;
      t = ++double_star.text;
      star = {};
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace proofmark::report
