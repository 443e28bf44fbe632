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
using report::Waiver;
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

std::vector<Finding> one_finding() {
  Finding finding;
  finding.rule = "PMS103";
  finding.message = "found";
  finding.where = {"/project/src/net.c", 120, 1};
  return {finding};
}

report::WaiverContext context(report::WaiverTerms terms = {}, report::Date day = kDay) {
  return {std::span(&kRule, 1), "/project", day, std::move(terms)};
}

// What became of the one finding, and which findings about waivers came after it.
std::string tell(const std::vector<Finding>& findings) {
  std::string told = findings[0].waived_by.empty() ? "blocks" : "waived by " + findings[0].waived_by;
  for (std::size_t i = 1; i < findings.size(); ++i) {
    told += ", " + findings[i].rule + " line " + std::to_string(findings[i].where.line) + ": " + findings[i].message;
  }
  return told;
}

// Applies the waivers to the one finding and tells what came of it.
std::string outcome(const std::string& text, report::Date day = kDay, const report::WaiverTerms& terms = {}) {
  const auto waivers = load(text);
  if (!waivers) return waivers.error().message;
  std::vector<Finding> findings = one_finding();
  waivers->apply(findings, context(terms, day));
  return tell(findings);
}

// As a comment on line 119 has it.
Waiver of_comment(unsigned covers = 120) {
  Waiver waiver;
  waiver.rule = "PMS103";
  waiver.owner = "jane";
  waiver.reason = "checked";
  waiver.expires = *report::parse_date("2027-01-01");
  waiver.file = "/project/src/net.c";
  waiver.line = 119;
  waiver.covers = covers;
  return waiver;
}

std::string outcome(Waiver waiver, const report::WaiverTerms& terms = {}) {
  std::vector<Finding> findings = one_finding();
  report::judge_waivers(std::span(&waiver, 1), findings, context(terms));
  return tell(findings) + (waiver.used ? ", used" : "");
}

std::string comment_covers_one_line_of_its_file() {
  Waiver elsewhere = of_comment();
  elsewhere.file = "/project/lib/src/net.c";
  Waiver other = of_comment();
  other.rule = "PMS104";
  return same(outcome(of_comment()), "waived by jane, used") +
         same(outcome(of_comment(119)),
              "blocks, PMX002 line 119: waiver of PMS103 for line 119 by jane covers no finding") +
         same(outcome(elsewhere), "blocks, PMX002 line 119: waiver of PMS103 for line 120 by jane covers no finding") +
         same(outcome(other), "blocks");
}

std::string policy_limits_both_kinds() {
  const auto refused = [](const report::WaiverTerms& terms, std::string_view why) {
    return same(outcome(one("src/net.c", "2027-01-01"), kDay, terms),
                "blocks, PMX003 line 2: waiver of PMS103 for src/net.c by alice is not admitted: " + std::string(why)) +
           same(outcome(of_comment(), terms),
                "blocks, PMX003 line 119: waiver of PMS103 for line 120 by jane is not admitted: " + std::string(why));
  };
  report::WaiverTerms term, longer, rule, family, other;
  term.max_days = 37;
  longer.max_days = 38;
  rule.forbid = {"PMS103"};
  family.forbid = {"PMF", "PMS1"};
  other.forbid = {"PMS104"};
  return refused(term, "it ends on 2027-01-01, and the policy admits no more than 37 days from today") +
         refused(rule, "the policy forbids to waive PMS103") + refused(family, "the policy forbids to waive PMS1") +
         same(outcome(one("src/net.c", "2027-01-01"), kDay, longer), "waived by alice") +
         same(outcome(of_comment(), other), "waived by jane, used");
}

std::string policy_can_admit_no_comments() {
  report::WaiverTerms terms;
  terms.in_source = false;
  return same(outcome(of_comment(), terms),
              "blocks, PMX003 line 119: waiver of PMS103 for line 120 by jane is not admitted: the policy admits no "
              "waivers in the source") +
         same(outcome(one("src/net.c", "2027-01-01"), kDay, terms), "waived by alice");
}

std::string policy_says_how_much_it_insists() {
  report::WaiverTerms terms;
  terms.expired = report::Level::kOff;
  terms.unused = report::Level::kMust;
  Waiver expired = of_comment();
  expired.expires = *report::parse_date("2026-11-23");
  Waiver unused = of_comment(1);
  std::vector<Finding> findings = one_finding();
  report::judge_waivers(std::span(&unused, 1), findings, context(terms));
  return same(outcome(expired, terms), "blocks") +
         holds(findings.size() == 2 && findings[1].level == report::Level::kMust, "PMX002 is a must");
}

std::string findings_about_waivers_can_not_be_waived() {
  Waiver waiver = of_comment();
  waiver.rule = "PMX001";
  std::string text = one("**", "2027-01-01");
  text.replace(text.find("PMS103"), 6, "PMX003");
  return same(outcome(waiver),
              "blocks, PMX003 line 119: waiver of PMX001 for line 120 by jane is not admitted: a finding about a "
              "waiver can't be waived") +
         same(outcome(text),
              "blocks, PMX003 line 2: waiver of PMX003 for ** by alice is not admitted: a finding about a waiver can't "
              "be waived");
}

// One unit of many finds a header's waiver unused; where all are joined it is judged anew.
std::string joined_findings_are_judged_again() {
  Waiver waiver = of_comment();
  std::vector<Finding> findings;
  report::judge_waivers(std::span(&waiver, 1), findings, context());
  const bool unused_first = findings.size() == 1 && findings[0].rule == "PMX002";
  findings.insert(findings.begin(), one_finding()[0]);
  report::judge_waivers(std::span(&waiver, 1), findings, context());
  return holds(unused_first, "unused in the one") + same(tell(findings), "waived by jane");
}

std::string repetitions_are_dropped_and_use_is_kept() {
  Waiver used = of_comment();
  used.used = true;
  std::vector<Waiver> waivers{of_comment(), used, of_comment(7)};
  report::sort_and_deduplicate(waivers);
  return holds(waivers.size() == 2 && waivers[0].covers == 7 && waivers[1].used, "two, and the used one is used");
}

std::string survives_a_round_trip() {
  const auto back = report::waiver_from_json(report::waiver_to_json(of_comment()), "x");
  auto object = report::waiver_to_json(of_comment());
  object["covers"] = 0U;
  report::WaiverTerms terms;
  terms.max_days = 9;
  terms.forbid = {"PMS"};
  terms.in_source = false;
  terms.refused = report::Level::kShould;
  const auto terms_back = report::waiver_terms_from_json(report::waiver_terms_to_json(terms), "x");
  return holds(back && report::waiver_to_json(*back) == report::waiver_to_json(of_comment()),
               "the waiver is the same") +
         holds(terms_back && *terms_back == terms, "the terms are the same") +
         same(error_of(report::waiver_from_json(object, "x")), "x: not a waiver: \"covers\" is no line (found 0)") +
         same(error_of(report::waiver_from_json(3, "x")), "x: not a waiver: \"rule\" is missing") +
         same(error_of(report::waiver_terms_from_json({{"max_days", -1}}, "x")),
              "x: not the terms of waivers: \"max_days\" is not a count (found -1)");
}

std::string owner_and_reason_read_as_they_are() {
  return same(report::waiver_text_fault("Jörg \xE2\x80\x93 naïve, 日本"), "") +
         same(report::waiver_text_fault(""), "is empty") + same(report::waiver_text_fault(" ."), "is empty") +
         same(report::waiver_text_fault("a\xE2\x80\xAE"), "holds a character that reorders or hides text (U+202E)") +
         same(report::waiver_text_fault("a\xE2\x80\x8B"), "holds a character that reorders or hides text (U+200B)") +
         same(report::waiver_text_fault("a\x1B[2K"), "holds a control character (U+001B)") +
         same(report::waiver_text_fault("a\xC3"), "holds bytes that are no UTF-8");
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
  const CMUnitTest tests[] = {
      named<covers_file_glob_and_line>("covers_file_glob_and_line"),
      named<unused_waiver_is_a_finding>("unused_waiver_is_a_finding"),
      named<expired_waiver_covers_nothing>("expired_waiver_covers_nothing"),
      named<other_tools_waivers_are_not_unused>("other_tools_waivers_are_not_unused"),
      named<every_member_is_mandatory>("every_member_is_mandatory"),
      named<comment_covers_one_line_of_its_file>("comment_covers_one_line_of_its_file"),
      named<policy_limits_both_kinds>("policy_limits_both_kinds"),
      named<policy_can_admit_no_comments>("policy_can_admit_no_comments"),
      named<policy_says_how_much_it_insists>("policy_says_how_much_it_insists"),
      named<findings_about_waivers_can_not_be_waived>("findings_about_waivers_can_not_be_waived"),
      named<joined_findings_are_judged_again>("joined_findings_are_judged_again"),
      named<repetitions_are_dropped_and_use_is_kept>("repetitions_are_dropped_and_use_is_kept"),
      named<survives_a_round_trip>("survives_a_round_trip"),
      named<owner_and_reason_read_as_they_are>("owner_and_reason_read_as_they_are"),
      named<globs_stop_at_folders>("globs_stop_at_folders")};
  return cmocka_run_group_tests_name("report waivers", tests, nullptr, nullptr);
}
