// SPDX-License-Identifier: Apache-2.0
//
// Waivers as a record: what a policy admits, the text they may hold, their order, their numbers and their JSON form.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/json_reader.h"
#include "report/policy.h"
#include "report/rule_catalogue.h"
#include "report/utf8.h"
#include "report/waivers.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

auto identity(const Waiver& waiver) {
  return std::tie(waiver.file, waiver.line, waiver.rule, waiver.covers, waiver.owner, waiver.reason, waiver.expires);
}

// Characters without a picture: a name of them alone, or two names that differ by one, look like nothing or the same.
bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c >= 0xE0000 && c <= 0xE0FFF);
}

bool is_letter_or_digit(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return c >= 0xC0 && !(c >= 0x2000 && c <= 0x206F) && c != 0x3000;
}

class Reader : public JsonReader {
 public:
  Waiver waiver(const json& object) {
    Waiver waiver;
    waiver.rule = text(object, "rule");
    waiver.owner = text(object, "owner");
    waiver.reason = text(object, "reason");
    waiver.file = text(object, "file");
    waiver.line = number<unsigned>(object, "line");
    waiver.covers = number<unsigned>(object, "covers");
    if (waiver.covers == 0) fail("\"covers\" is no line (found 0)");
    waiver.used = flag(object, "used");
    const auto date = parse_date(text(object, "expires"));
    if (date)
      waiver.expires = *date;
    else
      fail("\"expires\" is " + date.error().message);
    return waiver;
  }

  WaiverTerms terms(const json& object) {
    WaiverTerms terms;
    terms.max_days = number<unsigned>(object, "max_days");
    terms.forbid = texts(object, "forbid");
    terms.in_source = flag(object, "in_source");
    terms.expired = level(object, "expired");
    terms.unused = level(object, "unused");
    terms.refused = level(object, "refused");
    return terms;
  }

 private:
  Level level(const json& object, const char* key) {
    const auto level = parse_level(text(object, key));
    if (!level) fail(fmt::format("\"{}\": {}", key, level.error().message));
    return level.value_or(Level::kMust);
  }
};

}  // namespace

WaiverTerms waiver_terms(const Policy& policy) {
  WaiverTerms terms;
  if (const json& days = policy.parameter("waivers", "max-days"); days.is_number_unsigned())
    terms.max_days = days.get<unsigned>();
  if (const json& rules = policy.parameter("waivers", "forbid"); rules.is_array())
    for (const auto& word : rules.get<std::vector<std::string>>()) {
      const KnownRule* const rule = find_rule_called(word);
      terms.forbid.push_back(rule == nullptr ? word : std::string(rule->id));
    }
  if (const json& admitted = policy.parameter("waivers", "in-source"); admitted.is_boolean())
    terms.in_source = admitted.get<bool>();
  terms.expired = policy.level(kWaiverExpired);
  terms.unused = policy.level(kWaiverUnused);
  terms.refused = policy.level(kWaiverRefused);
  return terms;
}

void sort_and_deduplicate(std::vector<Waiver>& waivers) {
  std::ranges::sort(waivers, [](const Waiver& a, const Waiver& b) {
    return std::tuple(identity(a), !a.used) < std::tuple(identity(b), !b.used);
  });
  const auto repeated = std::ranges::unique(waivers, {}, identity);
  waivers.erase(repeated.begin(), repeated.end());
}

std::string waiver_text_fault(std::string_view text) {
  bool says_something = false;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return "holds bytes that are no UTF-8";
    const char32_t c = utf8_decode(text.substr(0, length));
    if (is_control(c) || c == '\t' || c == '\n')
      return fmt::format("holds a control character (U+{:04X})", static_cast<unsigned>(c));
    if (reorders_text(c) || is_invisible(c))
      return fmt::format("holds a character that reorders or hides text (U+{:04X})", static_cast<unsigned>(c));
    says_something = says_something || is_letter_or_digit(c);
    text.remove_prefix(length);
  }
  return says_something ? "" : "is empty";
}

WaivedCounts count_waived(std::span<const Finding> findings) {
  WaivedCounts counts;
  for (const Finding& finding : findings) {
    if (finding.waived_by.empty()) continue;
    ++counts.by_owner[finding.waived_by];
    ++counts.by_rule[finding.rule];
  }
  return counts;
}

json waiver_to_json(const Waiver& waiver) {
  return {{"rule", waiver.rule},     {"owner", waiver.owner},
          {"reason", waiver.reason}, {"expires", date_to_text(waiver.expires)},
          {"file", waiver.file},     {"line", waiver.line},
          {"covers", waiver.covers}, {"used", waiver.used}};
}

Result<Waiver> waiver_from_json(const json& object, std::string_view origin) {
  Reader reader;
  Waiver waiver = reader.waiver(object);
  if (reader.problem().empty()) return waiver;
  return tl::unexpected(Error{fmt::format("{}: not a waiver: {}", origin, reader.problem()), {}});
}

json waiver_terms_to_json(const WaiverTerms& terms) {
  return {{"max_days", terms.max_days},         {"forbid", terms.forbid},
          {"in_source", terms.in_source},       {"expired", level_name(terms.expired)},
          {"unused", level_name(terms.unused)}, {"refused", level_name(terms.refused)}};
}

Result<WaiverTerms> waiver_terms_from_json(const json& object, std::string_view origin) {
  Reader reader;
  WaiverTerms terms = reader.terms(object);
  if (reader.problem().empty()) return terms;
  return tl::unexpected(Error{fmt::format("{}: not the terms of waivers: {}", origin, reader.problem()), {}});
}

json waived_to_json(const WaivedCounts& counts) {
  return {{"by_owner", counts.by_owner}, {"by_rule", counts.by_rule}};
}

}  // namespace proofmark::report
