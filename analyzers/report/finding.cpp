// SPDX-License-Identifier: Apache-2.0
//
// Order, words and JSON form of findings.
#include "report/finding.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/file.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

constexpr std::array<std::pair<std::string_view, Level>, 4> kLevels{
    {{"off", Level::kOff}, {"advisory", Level::kAdvisory}, {"should", Level::kShould}, {"must", Level::kMust}}};

auto order(const Finding& f) {
  return std::tie(f.where.file, f.where.line, f.where.column, f.rule, f.message, f.level, f.unit);
}

// The unit is no part of identity: that is what makes a header's finding one finding.
auto identity(const Finding& f) {
  return std::tie(f.where.file, f.where.line, f.where.column, f.rule, f.message);
}

void put(json& object, const char* key, const std::string& value) {
  if (!value.empty()) object[key] = value;
}

void put_location(json& object, const Location& where) {
  put(object, "file", where.file);
  if (where.line != 0) object["line"] = where.line;
  if (where.column != 0) object["column"] = where.column;
}

std::string text(const json& object, const char* key) {
  const auto member = object.find(key);
  return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

unsigned number(const json& object, const char* key) {
  const auto member = object.find(key);
  return member != object.end() && member->is_number_unsigned() ? member->get<unsigned>() : 0;
}

Location location(const json& object) {
  return {text(object, "file"), number(object, "line"), number(object, "column")};
}

}  // namespace

std::string_view level_name(Level level) {
  return kLevels[static_cast<std::size_t>(level)].first;
}

Result<Level> parse_level(std::string_view word) {
  for (const auto& [name, level] : kLevels) {
    if (name == word) return level;
  }
  return tl::unexpected(
      Error{fmt::format("unknown level (expected off, advisory, should or must, found \"{}\")", word), {}});
}

Finding make_finding(const RuleInfo& rule, Level level, std::string message) {
  Finding finding;
  finding.rule = rule.id;
  finding.level = level;
  finding.message = std::move(message);
  finding.cwe = rule.cwe;
  return finding;
}

void sort_and_deduplicate(std::vector<Finding>& findings) {
  std::ranges::sort(findings, [](const Finding& a, const Finding& b) { return order(a) < order(b); });
  const auto repeated =
      std::ranges::unique(findings, [](const Finding& a, const Finding& b) { return identity(a) == identity(b); });
  findings.erase(repeated.begin(), repeated.end());
}

json finding_to_json(const Finding& finding) {
  json object{{"rule", finding.rule}, {"level", level_name(finding.level)}, {"message", finding.message}};
  put(object, "tag", finding.tag);
  if (finding.cwe != 0) object["cwe"] = finding.cwe;
  put_location(object, finding.where);
  for (const PathStep& step : finding.path) {
    json item{{"message", step.message}};
    put_location(item, step.where);
    object["path"].push_back(std::move(item));
  }
  put(object, "hint", finding.hint);
  put(object, "unit", finding.unit);
  put(object, "waived_by", finding.waived_by);
  put(object, "waiver_reason", finding.waiver_reason);
  return object;
}

Result<Finding> finding_from_json(const json& object, std::string_view origin) {
  Finding finding;
  for (const auto& [key, member] : {std::pair{"rule", &Finding::rule}, std::pair{"message", &Finding::message}}) {
    auto value = required_string(object, key, origin);
    if (!value) return tl::unexpected(value.error());
    finding.*member = std::move(*value);
  }
  const auto level = parse_level(text(object, "level"));
  if (!level) return tl::unexpected(Error{fmt::format("{}: {}: {}", origin, finding.rule, level.error().message), {}});
  finding.level = *level;
  finding.tag = text(object, "tag");
  finding.cwe = static_cast<int>(number(object, "cwe"));
  finding.where = location(object);
  for (const json& step : object.value("path", json::array())) {
    if (step.is_object()) finding.path.push_back({location(step), text(step, "message")});
  }
  finding.hint = text(object, "hint");
  finding.unit = text(object, "unit");
  finding.waived_by = text(object, "waived_by");
  finding.waiver_reason = text(object, "waiver_reason");
  return finding;
}

}  // namespace proofmark::report
