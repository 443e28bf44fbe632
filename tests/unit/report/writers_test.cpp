// SPDX-License-Identifier: Apache-2.0
//
// The exact text and SARIF that users and CI systems see.
#include <filesystem>

#include <nlohmann/json.hpp>

#include "check.h"
#include "report/file.h"
#include "report/sarif_writer.h"
#include "report/text_writer.h"
#include "samples.h"

namespace proofmark::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using report::review;

std::string golden(const char* name) {
  return report::read_file(fs::path(TEST_DATA) / name).value_or("(missing)");
}

std::string text_matches_golden_file() {
  return same(report::to_text(review(sample_report()), {}), golden("report.txt"));
}

std::string colours_only_when_asked() {
  const std::string plain = report::to_text(review(sample_report()), {});
  const std::string coloured = report::to_text(review(sample_report()), {.colour = true});
  return holds(plain.find('\033') == std::string::npos, "plain text has no escape sequence") +
         holds(coloured.find("\033[1;31merror:") != std::string::npos, "errors are red");
}

std::string empty_report_is_one_line() {
  const report::Report report{"proofmark-analyze", "0.1.0", "", "", "3 units", {}, {}, {}};
  return same(report::to_text(review(report), {}), "proofmark: 0 errors, 0 warnings, 0 notes, 0 waived in 3 units\n");
}

std::string sarif_matches_golden_file() {
  return same(report::to_sarif(review(sample_report())), golden("report.sarif"));
}

std::string sarif_replaces_bytes_that_are_not_utf8() {
  report::Report report = sample_report();
  report.findings[0].message = "bad \xff byte";
  return holds(json::accept(report::to_sarif(review(report))), "the output is JSON");
}

std::string fingerprint(const std::string& source, unsigned line) {
  const fs::path root = fs::temp_directory_path() / "proofmark-fingerprint-test";
  fs::create_directories(root);
  if (!report::write_file(root / "a.c", source)) return "(can't write)";
  report::Finding finding;
  finding.rule = "PMS101";
  finding.message = "at line " + std::to_string(line);
  finding.where = {(root / "a.c").string(), line, 1};
  report::Report report{"t", "0", "", "", "", root, {}, {finding}};
  const json sarif = json::parse(report::to_sarif(review(report)));
  fs::remove_all(root);
  return sarif["runs"][0]["results"][0]["partialFingerprints"]["primaryLocationLineHash"];
}

std::string fingerprint_survives_moved_and_reindented_lines() {
  const std::string before = fingerprint("one;\n  two;\n", 2);
  return same(fingerprint("one;\nnew;\n\n    two;\n", 4), before) +
         holds(fingerprint("one;\n  three;\n", 2) != before, "another line has another fingerprint");
}

std::string equal_lines_have_different_fingerprints() {
  report::Report report = sample_report();
  report::Finding twin = report.findings[0];
  twin.where.column = 3;
  report.findings = {report.findings[0], twin};
  const json results = json::parse(report::to_sarif(review(report)))["runs"][0]["results"];
  return holds(results[0]["partialFingerprints"] != results[1]["partialFingerprints"], "a counter tells them apart");
}

std::string paths_outside_the_root_are_file_uris() {
  report::Report report = sample_report();
  report.findings[0].where.file = "/usr/include/with space.h";
  report.findings = {report.findings[0]};
  const json result = json::parse(report::to_sarif(review(report)))["runs"][0]["results"][0];
  return same(result["locations"][0]["physicalLocation"]["artifactLocation"].dump(),
              R"({"uri":"file:///usr/include/with%20space.h"})");
}

// `count` findings of level should, and one of level must at the end.
json sarif_of_many(unsigned count) {
  report::Report report{"proofmark-analyze", "0.1.0", "", "", "", TEST_DATA, {}, {}};
  for (unsigned i = 0; i <= count; ++i) {
    report::Finding finding;
    finding.rule = "PMS103";
    finding.level = i == count ? report::Level::kMust : report::Level::kShould;
    finding.message = "finding " + std::to_string(i);
    finding.where = {TEST_DATA "/many.c", i + 1, 0};
    finding.cwe = static_cast<int>(i % 20 + 1);
    report.findings.push_back(finding);
  }
  return json::parse(report::to_sarif(review(report)))["runs"][0];
}

std::string sarif_keeps_the_most_severe_results_and_says_so() {
  const json run = sarif_of_many(6000);
  const json& results = run["results"];
  const std::string notes = run["invocations"][0]["toolExecutionNotifications"].dump();
  return holds(results.size() == 5000, "5000 results are kept") +
         holds(results.back()["level"] == "error", "the error is among them") +
         holds(notes.find("1001 results were left out") != std::string::npos, "the cut is told: " + notes) +
         holds(run["tool"]["driver"]["rules"][0]["properties"]["tags"].size() == 10, "10 tags of a rule are kept") +
         holds(notes.find("1 rules have more tags") != std::string::npos, "that is told too") +
         holds(!sarif_of_many(5)["invocations"][0].contains("toolExecutionNotifications"), "nothing is told of no cut");
}

std::string sarif_keeps_the_end_of_a_long_path() {
  report::Report report = sample_report();
  report.findings = {report.findings[0]};
  for (unsigned i = 1; i <= 1500; ++i) report.findings[0].path.push_back({{TEST_DATA "/a.c", i, 0}, "step"});
  const json run = json::parse(report::to_sarif(review(report)))["runs"][0];
  const json& steps = run["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"];
  return holds(steps.size() == 1000, "1000 places are kept") +
         holds(steps[998]["location"]["physicalLocation"]["region"]["startLine"] == 1500, "those at the end") +
         holds(run["invocations"][0].contains("toolExecutionNotifications"), "the cut is told");
}

// A report joined of several programs names rules that it does not define.
std::string sarif_lists_every_rule_that_a_result_names() {
  const json run = json::parse(report::to_sarif(review(sample_report())))["runs"][0];
  const json& rules = run["tool"]["driver"]["rules"];
  for (const json& result : run["results"])
    if (rules[result["ruleIndex"].get<std::size_t>()]["id"] != result["ruleId"]) return "a rule index is wrong";
  return holds(rules.size() == 3, "PME010 was added") + same(rules[2]["name"].get<std::string>(), "branch-protection");
}

std::string sarif_shows_the_pages_of_rules_with_results() {
  report::Report report = sample_report();
  report.findings.resize(2);  // PMW001 and PMS101
  report.rules.push_back({"PMF003", "stack-protector-strong", "Functions with buffers carry a stack canary."});
  report::Review reviewed = review(report);
  reviewed.rule_pages = RULE_PAGES;
  const json rules = json::parse(report::to_sarif(reviewed))["runs"][0]["tool"]["driver"]["rules"];
  const std::string page = rules[1]["help"].value("markdown", "");
  return holds(page.find("## Why") != std::string::npos, "the page of PMS101 is there") +
         holds(!page.starts_with("#"), "without its title") +
         holds(!rules[2]["help"].contains("markdown"), "a rule without results has none");
}

std::string sarif_tells_what_a_baseline_tells() {
  report::Report report = sample_report();
  report.findings.resize(2);  // sorted, the other way round
  report::Review reviewed = review(report);
  reviewed.findings[0].novelty = report::Novelty::kNew;
  reviewed.findings[1].novelty = report::Novelty::kKnown;
  reviewed.gone = {{sample_report().findings[2], "0123456789abcdef", "0123456789abcdef:1"}};
  const json results = json::parse(report::to_sarif(reviewed))["runs"][0]["results"];
  return same(results[0]["baselineState"].get<std::string>(), "new") +
         same(results[1]["baselineState"].get<std::string>(), "unchanged") +
         same(results[2]["baselineState"].get<std::string>(), "absent") +
         same(results[2]["partialFingerprints"]["primaryLocationLineHash"].get<std::string>(), "0123456789abcdef:1");
}

std::string text_marks_excused_findings() {
  report::Report report = sample_report();
  report.findings.resize(2);
  report::Review reviewed = review(report);
  const bool fails = reviewed.verdict() == report::ExitCode::kNo;
  reviewed.findings[0].novelty = report::Novelty::kElsewhere;
  reviewed.findings[1].novelty = report::Novelty::kKnown;
  const std::string text = report::to_text(reviewed, {});
  return holds(text.find("error: (known) implicit declaration") != std::string::npos, "a known finding is marked") +
         holds(text.find("error: (elsewhere) write past") != std::string::npos, "one from elsewhere is marked") +
         holds(text.find("proofmark: 0 errors, 0 warnings, 0 notes, 0 waived, 1 known, 1 elsewhere in 1 unit") !=
                   std::string::npos,
               "neither is counted as an error:\n" + text) +
         holds(fails && reviewed.verdict() == report::ExitCode::kYes, "neither fails the run");
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {
      named<text_matches_golden_file>("text_matches_golden_file"),
      named<colours_only_when_asked>("colours_only_when_asked"),
      named<empty_report_is_one_line>("empty_report_is_one_line"),
      named<sarif_matches_golden_file>("sarif_matches_golden_file"),
      named<sarif_replaces_bytes_that_are_not_utf8>("sarif_replaces_bytes_that_are_not_utf8"),
      named<fingerprint_survives_moved_and_reindented_lines>("fingerprint_survives_moved_and_reindented_lines"),
      named<equal_lines_have_different_fingerprints>("equal_lines_have_different_fingerprints"),
      named<paths_outside_the_root_are_file_uris>("paths_outside_the_root_are_file_uris"),
      named<sarif_keeps_the_most_severe_results_and_says_so>("sarif_keeps_the_most_severe_results_and_says_so"),
      named<sarif_keeps_the_end_of_a_long_path>("sarif_keeps_the_end_of_a_long_path"),
      named<sarif_lists_every_rule_that_a_result_names>("sarif_lists_every_rule_that_a_result_names"),
      named<sarif_shows_the_pages_of_rules_with_results>("sarif_shows_the_pages_of_rules_with_results"),
      named<sarif_tells_what_a_baseline_tells>("sarif_tells_what_a_baseline_tells"),
      named<text_marks_excused_findings>("text_marks_excused_findings")};
  return cmocka_run_group_tests_name("report writers", tests, nullptr, nullptr);
}
