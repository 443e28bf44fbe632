// SPDX-License-Identifier: Apache-2.0
//
// The formats of CI systems, and that no name, message or line can break out of them.
#include <cstdlib>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "check.h"
#include "report/ci_writers.h"
#include "report/file.h"
#include "report/formats.h"
#include "samples.h"

namespace proofmark::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using report::Level;
using report::review;

report::Report one(report::Finding finding) {
  report::Report report = sample_report();
  report.findings = {std::move(finding)};
  return report;
}

report::Finding hostile() {
  report::Finding finding = sample_report().findings[0];
  finding.where = {TEST_DATA "/src/a,b:c%d e.c", 3, 4};
  finding.message = "bad \xff\n::error::not ours | `<b>` \xEF\xBF\xBF & \"x\" ]]>";
  finding.tag.clear();
  finding.hint.clear();
  finding.unit = finding.where.file;
  return finding;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string gitlab_has_what_gitlab_asks_for() {
  const json list = json::parse(report::to_gitlab(review(sample_report())));
  std::string problems = holds(list.size() == 3, "waived findings and repetitions are left out");
  problems += same(list[0]["severity"].get<std::string>(), "info");
  problems += same(list[1]["severity"].get<std::string>(), "blocker");
  problems += same(list[1]["check_name"].get<std::string>(), "PMS101");
  problems += same(list[1]["location"].dump(), R"({"lines":{"begin":10},"path":"src/modbus/encoder.c"})");
  problems += holds(list[1]["fingerprint"] != list[2]["fingerprint"], "fingerprints differ");
  report::Review known = review(sample_report());
  known.findings[1].novelty = report::Novelty::kKnown;
  return problems + same(json::parse(report::to_gitlab(known))[1]["severity"].get<std::string>(), "critical");
}

std::string gitlab_fingerprints_hold_no_line_and_tell_boards_apart() {
  const auto fingerprint = [](const std::string& board, unsigned line) {
    report::Finding finding = sample_report().findings[1];
    finding.where = {TEST_DATA "/missing.c", line, 1};
    report::Report report = one(finding);
    report.board = board;
    return json::parse(report::to_gitlab(review(report)))[0]["fingerprint"].get<std::string>();
  };
  return same(fingerprint("a", 7), fingerprint("a", 8)) +
         holds(fingerprint("a", 7) != fingerprint("b", 7), "boards differ");
}

std::string junit_tells_passed_failed_waived_and_not_analysed() {
  report::Report report = sample_report();
  report::Finding broken = report.findings[0];
  broken.rule = "PMT001";
  broken.unit = broken.where.file = TEST_DATA "/src/broken.c";
  report.findings.push_back(broken);
  report::Review reviewed = review(report);
  reviewed.subjects = {TEST_DATA "/src/modbus/encoder.c", TEST_DATA "/src/sound.c"};
  const std::string xml = report::to_junit(reviewed);
  return holds(contains(
                   xml,
                   R"(<testsuite name="proofmark-analyze qemu-amd64" tests="5" failures="2" errors="1" skipped="0">)"),
               "counts: " + xml) +
         holds(contains(xml, R"(<testcase classname="qemu-amd64" name="src/sound.c" time="0"/>)"), "a unit passed") +
         holds(contains(xml, R"(name="src/broken.c: PMT001" time="0"><error type="PMT001")"), "one is an error") +
         holds(contains(xml, R"(name="src/modbus/encoder.c: PMS101" time="0"><failure type="PMS101")"),
               "a rule failed") +
         holds(contains(xml, "src/modbus/encoder.c:13: must: accepted [waived by alice: "), "a waived one is told") +
         holds(
             contains(report::to_junit(review(one(sample_report().findings[3]))), "time=\"0\"><skipped/><system-out>"),
             "all waived is skipped");
}

std::string junit_is_text_in_xml_whatever_the_names() {
  const std::string xml = report::to_junit(review(one(hostile())));
  return holds(contains(xml, "&lt;b&gt;` ? &amp; &quot;x&quot; ]]&gt;"), "markup is escaped: " + xml) +
         holds(!contains(xml, "\xff"), "bytes that are not UTF-8 are replaced");
}

std::string github_escapes_commands() {
  report::Report report = one(hostile());
  const std::string text = report::to_github(review(report));
  return same(text,
              "::error file=src/a%2Cb%3Ac%25d e.c,line=3,col=4,title=PMW001::bad \xff?::error::not ours | `<b>` "
              "\xEF\xBF\xBF & \"x\" ]]>\nproofmark: 1 error, 0 warnings, 0 notes, 0 waived in 1 unit for board "
              "qemu-amd64 by policy openssf-2026-06\n");
}

std::string github_shows_ten_of_a_kind_and_says_how_many_more() {
  report::Report report = sample_report();
  const report::Finding model = report.findings[0];
  report.findings.clear();
  for (unsigned i = 1; i <= 40; ++i) {
    report.findings.push_back(model);
    report.findings.back().where.line = i;
    report.findings.back().level = i <= 25 ? Level::kShould : Level::kMust;
  }
  report::Review reviewed = review(report);
  reviewed.findings.back().novelty = report::Novelty::kKnown;
  const std::string text = report::to_github(reviewed);
  const auto lines = [&text](std::string_view start) {
    unsigned n = 0;
    for (std::size_t at = 0; (at = text.find(start, at)) != std::string::npos; ++at) ++n;
    return n;
  };
  return holds(text.starts_with("::error file=src/modbus/encoder.c,line=26,"), "errors come first: " + text) +
         holds(lines("::error ") == 10 && lines("::warning ") == 10, "ten of each") +
         holds(lines("::notice ") == 1, "a known finding is a notice") +
         holds(contains(text, "proofmark: 4 more errors than the 10 that GitHub shows"), "errors left out") +
         holds(contains(text, "proofmark: 15 more warnings"), "warnings left out");
}

std::string markdown_holds_no_markup_of_others() {
  const std::string text = report::to_markdown(review(one(hostile())));
  return holds(contains(text, "&#124; &#96;&#60;b&#62;&#96;"), "markup is escaped: " + text) +
         holds(contains(text, "| error | PMW001 | src/a,b&#58;c%d e.c&#58;3 |"), "a row: " + text);
}

std::string step_summary_is_appended() {
  const fs::path file = fs::temp_directory_path() / "proofmark-summary-test.md";
  if (!report::write_file(file, "before\n")) return "can't write";
  setenv("GITHUB_STEP_SUMMARY", file.c_str(), 1);
  const fs::path out = fs::temp_directory_path() / "proofmark-summary-test.txt";
  const bool plain = report::emit(review(sample_report()), "text", out.string()).has_value();
  const std::string untouched = report::read_file(file).value_or("");
  const bool github = report::emit(review(sample_report()), "github", out.string()).has_value();
  const std::string text = report::read_file(file).value_or("");
  unsetenv("GITHUB_STEP_SUMMARY");
  fs::remove(file);
  fs::remove(out);
  return holds(plain && github, "both are written") + same(untouched, "before\n") +
         holds(text.starts_with("before\n### Proofmark: qemu-amd64\n"), text);
}

std::string json_holds_every_finding_with_its_id() {
  const json document = json::parse(report::to_json(review(sample_report())));
  return holds(document["proofmark_findings"] == 1 && document["findings"].size() == 4, "version and findings") +
         same(document["findings"][1]["file"].get<std::string>(), "src/modbus/encoder.c") +
         same(document["findings"][1]["id"].get<std::string>(),
              document["findings"][1]["fingerprint"].get<std::string>() + ":1") +
         same(document["counts"].dump(), R"({"advisory":1,"findings":2,"waived":1})");
}

std::string html_is_text_whatever_the_names() {
  report::Finding strange = hostile();
  strange.message += "<script>alert(1)</script>";
  strange.path = {{strange.where, "<img src=x>"}};
  const std::string page = report::to_html(review(one(strange)));
  std::string problems = holds(contains(page, "&lt;script&gt;alert(1)"), "the message is there");
  for (const char* markup : {"<script>alert", "<img", "<b>`", "\xff"})
    problems += holds(!contains(page, markup), std::string("no ") + markup);
  return problems + holds(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"), "a whole page");
}

std::string html_counts_each_finding_once() {
  report::Review reviewed = review(sample_report());
  const std::string page = report::to_html(reviewed);
  std::size_t items = 0;
  for (std::size_t at = page.find("<li><span class=\"tally"); at != std::string::npos;
       at = page.find("<li><span class=\"tally", at + 1))
    ++items;
  return holds(items == reviewed.findings.size(), "an item of each finding: " + std::to_string(items)) +
         holds(contains(page, "2 must, 1 advisory, 1 waived"), "the counts");
}

// An attacker's name in a report must not stop it from being written.
std::string every_format_survives_hostile_names() {
  for (const std::string& name : report::format_names())
    if (report::render(review(one(hostile())), name, false).empty()) return name + " is empty";
  return {};
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {
      named<gitlab_has_what_gitlab_asks_for>("gitlab_has_what_gitlab_asks_for"),
      named<gitlab_fingerprints_hold_no_line_and_tell_boards_apart>(
          "gitlab_fingerprints_hold_no_line_and_tell_boards_apart"),
      named<junit_tells_passed_failed_waived_and_not_analysed>("junit_tells_passed_failed_waived_and_not_analysed"),
      named<junit_is_text_in_xml_whatever_the_names>("junit_is_text_in_xml_whatever_the_names"),
      named<github_escapes_commands>("github_escapes_commands"),
      named<github_shows_ten_of_a_kind_and_says_how_many_more>("github_shows_ten_of_a_kind_and_says_how_many_more"),
      named<markdown_holds_no_markup_of_others>("markdown_holds_no_markup_of_others"),
      named<step_summary_is_appended>("step_summary_is_appended"),
      named<json_holds_every_finding_with_its_id>("json_holds_every_finding_with_its_id"),
      named<html_is_text_whatever_the_names>("html_is_text_whatever_the_names"),
      named<html_counts_each_finding_once>("html_counts_each_finding_once"),
      named<every_format_survives_hostile_names>("every_format_survives_hostile_names")};
  return cmocka_run_group_tests_name("CI writers", tests, nullptr, nullptr);
}
