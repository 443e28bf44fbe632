// SPDX-License-Identifier: Apache-2.0
//
// What waivers cover, and the file of waivers: {"waivers":[{"rule","place","reason","owner","expires"}]}, all five
// mandatory. Their form in a comment is in waiver_comment.h.
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
  if (waiver.in_source()) return finding.where.line == waiver.covers && finding.where.file == waiver.file;
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
  for (const auto& [key, member] : {members[2], members[3]})
    if (const std::string fault = waiver_text_fault(waiver.*member); !fault.empty())
      return tl::unexpected(Error{fmt::format("{}: \"{}\" {}", origin, key, fault), {}});
  const auto expires = required_string(entry, "expires", origin);
  if (!expires) return tl::unexpected(expires.error());
  const auto date = parse_date(*expires);
  if (!date) return tl::unexpected(Error{fmt::format("{}: \"expires\" is {}", origin, date.error().message), {}});
  waiver.expires = *date;
  return waiver;
}

std::string describe(const Waiver& waiver) {
  const std::string place = waiver.in_source() ? fmt::format("line {}", waiver.covers) : waiver.place;
  return fmt::format("waiver of {} for {} by {}", waiver.rule, place, waiver.owner);
}

// Why the waiver does not count, whatever it says; empty when it does.
std::string refusal(const Waiver& waiver, const WaiverContext& context) {
  const WaiverTerms& terms = context.terms;
  // PMX1## are the report's, about the build.
  if (waiver.rule.starts_with("PMX0")) return "a finding about a waiver can't be waived";
  if (waiver.in_source() && !terms.in_source) return "the policy admits no waivers in the source";
  for (const std::string& rule : terms.forbid)
    if (waiver.rule.starts_with(rule)) return fmt::format("the policy forbids to waive {}", rule);
  const auto days = std::chrono::sys_days(waiver.expires) - std::chrono::sys_days(context.today);
  if (terms.max_days == 0 || days.count() <= static_cast<long>(terms.max_days)) return "";
  return fmt::format("it ends on {}, and the policy admits no more than {} days from today",
                     date_to_text(waiver.expires), terms.max_days);
}

class Judge {
 public:
  Judge(std::vector<Finding>& findings, const WaiverContext& context) : findings_(findings), context_(context) {}

  void judge(Waiver& waiver) {
    waiver.used = false;
    const WaiverTerms& terms = context_.terms;
    if (const std::string why = refusal(waiver, context_); !why.empty())
      return say(kWaiverRefused, terms.refused, waiver, "is not admitted: " + why, "cure the finding and delete it");
    if (waiver.expires < context_.today)
      return say(kWaiverExpired, terms.expired, waiver, "expired on " + date_to_text(waiver.expires),
                 "cure the finding and delete the waiver, or have its owner renew it");
    for (Finding& finding : findings_) {
      if (!covers(waiver, finding, context_.root)) continue;
      finding.waived_by = waiver.owner;
      finding.waiver_reason = waiver.reason;
      waiver.used = true;
    }
    const bool judged =
        std::ranges::any_of(context_.rules, [&](const RuleInfo& rule) { return rule.id == waiver.rule; });
    if (!waiver.used && judged) say(kWaiverUnused, terms.unused, waiver, "covers no finding", "delete it");
  }

  void finish() { std::ranges::move(own_, std::back_inserter(findings_)); }

 private:
  void say(const RuleInfo& rule, Level level, const Waiver& waiver, std::string_view what, const char* hint) {
    if (level == Level::kOff) return;
    Finding& finding = own_.emplace_back(make_finding(rule, level, fmt::format("{} {}", describe(waiver), what)));
    finding.where = {waiver.file, waiver.line, 0};
    finding.hint = hint;
  }

  std::vector<Finding>& findings_;
  const WaiverContext& context_;
  std::vector<Finding> own_;
};

bool is_about(const Finding& finding, const RuleInfo& rule, std::span<const Waiver> waivers) {
  return finding.rule == rule.id && std::ranges::any_of(waivers, [&](const Waiver& waiver) {
           return waiver.file == finding.where.file && waiver.line == finding.where.line;
         });
}

}  // namespace

const RuleInfo kWaiverExpired{"PMX001", "waiver-expired", "A waiver that has expired no longer covers anything.",
                              Level::kMust, 0};
const RuleInfo kWaiverUnused{"PMX002", "waiver-unused", "A waiver that covers no finding is to be deleted.",
                             Level::kShould, 0};
const RuleInfo kWaiverRefused{"PMX003", "waiver-refused",
                              "A waiver that is incomplete or not admitted by the policy covers nothing.", Level::kMust,
                              0};

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
  for (std::size_t index = 0; index < list->size(); ++index) {
    auto waiver = read_waiver((*list)[index], fmt::format("{}: waiver {}", file.string(), index + 1));
    if (!waiver) return tl::unexpected(waiver.error());
    waiver->file = file.string();
    waiver->line = line_of_entry(*text, index);
    waivers.waivers_.push_back(std::move(*waiver));
  }
  return waivers;
}

void Waivers::apply(std::vector<Finding>& findings, const WaiverContext& context) const {
  std::vector<Waiver> waivers = waivers_;
  judge_waivers(waivers, findings, context);
}

void judge_waivers(std::span<Waiver> waivers, std::vector<Finding>& findings, const WaiverContext& context) {
  std::erase_if(findings, [&](const Finding& finding) { return is_about(finding, kWaiverUnused, waivers); });
  Judge judge(findings, context);
  for (Waiver& waiver : waivers) judge.judge(waiver);
  judge.finish();
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
