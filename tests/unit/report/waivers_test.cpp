// SPDX-License-Identifier: Apache-2.0
//
// Waivers: what they cover, when they end, and that they can't rot unseen.
#include <filesystem>

#include <unistd.h>

#include "check.h"
#include "report/file.h"
#include "report/waivers.h"

namespace proofmark::test {
namespace {

namespace fs = std::filesystem;
using report::Finding;
using report::Waivers;

constexpr report::RuleInfo kRule{"PMS103", "", "", report::Level::kMust, 0};
const report::Date kDay = *report::parse_date("2026-11-24");

report::Result<Waivers> load(std::string_view text) {
  const fs::path file = fs::temp_directory_path() / ("proofmark-waivers-" + std::to_string(getpid()));
  if (auto written = report::write_file(file, text); !written) return tl::unexpected(written.error());
  auto waivers = Waivers::load(file);
  fs::remove(file);
  return waivers;
}

std::string one(std::string_view place, std::string_view expires) {
  return std::string(R"({"waivers":[
    {"rule":"PMS103","place":")") +
         std::string(place) + R"(","reason":"checked","owner":"alice","expires":")" + std::string(expires) + R"("}]})";
}

// Applies the waivers to one PMS103 finding at src/net.c:120 and tells what came of it.
std::string outcome(const std::string& text, report::Date day = kDay) {
  const auto waivers = load(text);
  if (!waivers) return waivers.error().message;
  Finding finding;
  finding.rule = "PMS103";
  finding.message = "found";
  finding.where = {"/project/src/net.c", 120, 1};
  std::vector<Finding> findings{finding};
  waivers->apply(findings, std::span(&kRule, 1), "/project", day);
  std::string told = findings[0].waived_by.empty() ? "blocks" : "waived by " + findings[0].waived_by;
  for (std::size_t i = 1; i < findings.size(); ++i) {
    told += ", " + findings[i].rule + " line " + std::to_string(findings[i].where.line) + ": " + findings[i].message;
  }
  return told;
}

std::string covers_file_glob_and_line() {
  return same(outcome(one("src/net.c", "2027-01-01")), "waived by alice") +
         same(outcome(one("src/*.c:120", "2027-01-01")), "waived by alice") +
         same(outcome(one("**/net.?", "2027-01-01")), "waived by alice");
}

std::string unused_waiver_is_a_finding() {
  return same(outcome(one("src/net.c:121", "2027-01-01")),
              "blocks, PMX002 line 2: waiver of PMS103 for src/net.c:121 by alice covers no finding");
}

std::string expired_waiver_covers_nothing() {
  return same(outcome(one("src/net.c", "2026-11-23")),
              "blocks, PMX001 line 2: waiver of PMS103 for src/net.c by alice expired on 2026-11-23") +
         same(outcome(one("src/net.c", "2026-11-24")), "waived by alice");
}

std::string other_tools_waivers_are_not_unused() {
  std::string text = one("src/net.c", "2027-01-01");
  text.replace(text.find("PMS103"), 6, "PMF001");
  return same(outcome(text), "blocks");
}

// The message about the waivers file with this text, without its name.
std::string error(std::string_view text) {
  const std::string message = error_of(load(text));
  const auto colon = message.find(": ");
  return colon == std::string::npos ? message : message.substr(colon + 2);
}

std::string every_member_is_mandatory() {
  constexpr std::string_view kShape = R"(not a waivers file (expected {"waivers": [...]}))";
  std::string wrong = same(error("[]"), kShape) + same(error(R"({"waivers":[],"x":1})"), kShape);
  for (const std::string_view key : {"rule", "place", "reason", "owner", "expires"}) {
    std::string text = one("a", "2027-01-01");
    text.replace(text.find(key), key.size(), "x");
    wrong += same(error(text), "waiver 1: \"" + std::string(key) + "\" is missing");
  }
  return wrong +
         same(error(one("a", "soon")), R"(waiver 1: "expires" is not a date (expected YYYY-MM-DD, found "soon"))") +
         same(error(one("", "2027-01-01")),
              R"(waiver 1: "place" is not a text (expected a non-empty string, found ""))");
}

std::string globs_stop_at_folders() {
  const auto match = [](std::string_view pattern, std::string_view text, bool expected) {
    return holds(report::glob_match(pattern, text) == expected, std::string(pattern) + " on " + std::string(text));
  };
  return match("*.c", "a.c", true) + match("*.c", "d/a.c", false) + match("**.c", "d/a.c", true) +
         match("d/*/a.c", "d/e/a.c", true) + match("d/*/a.c", "d/e/f/a.c", false) +
         match("d/**/a.c", "d/e/f/a.c", true) + match("a?c", "abc", true) + match("a?c", "a/c", false) +
         match("", "", true) + match("*", "", true) + match("a", "", false) + match("**a*b", "x/y/axxb", true) +
         match("*ab*ab", "abxabyab", true);
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {named<covers_file_glob_and_line>("covers_file_glob_and_line"),
                              named<unused_waiver_is_a_finding>("unused_waiver_is_a_finding"),
                              named<expired_waiver_covers_nothing>("expired_waiver_covers_nothing"),
                              named<other_tools_waivers_are_not_unused>("other_tools_waivers_are_not_unused"),
                              named<every_member_is_mandatory>("every_member_is_mandatory"),
                              named<globs_stop_at_folders>("globs_stop_at_folders")};
  return cmocka_run_group_tests_name("report waivers", tests, nullptr, nullptr);
}
