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

std::string golden(const char* name) {
  return report::read_file(fs::path(TEST_DATA) / name).value_or("(missing)");
}

std::string text_matches_golden_file() {
  return same(report::to_text(sample_report(), {}), golden("report.txt"));
}

std::string colours_only_when_asked() {
  const std::string plain = report::to_text(sample_report(), {});
  const std::string coloured = report::to_text(sample_report(), {.colour = true});
  return holds(plain.find('\033') == std::string::npos, "plain text has no escape sequence") +
         holds(coloured.find("\033[1;31merror:") != std::string::npos, "errors are red");
}

std::string empty_report_is_one_line() {
  const report::Report report{"proofmark-analyze", "0.1.0", "", "", "3 units", {}, {}, {}};
  return same(report::to_text(report, {}), "proofmark: 0 errors, 0 warnings, 0 notes, 0 waived in 3 units\n");
}

std::string sarif_matches_golden_file() {
  return same(report::to_sarif(sample_report()), golden("report.sarif"));
}

std::string sarif_replaces_bytes_that_are_not_utf8() {
  report::Report report = sample_report();
  report.findings[0].message = "bad \xff byte";
  return holds(json::accept(report::to_sarif(report)), "the output is JSON");
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
  const json sarif = json::parse(report::to_sarif(report));
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
  const json results = json::parse(report::to_sarif(report))["runs"][0]["results"];
  return holds(results[0]["partialFingerprints"] != results[1]["partialFingerprints"], "a counter tells them apart");
}

std::string paths_outside_the_root_are_file_uris() {
  report::Report report = sample_report();
  report.findings[0].where.file = "/usr/include/with space.h";
  report.findings = {report.findings[0]};
  const json result = json::parse(report::to_sarif(report))["runs"][0]["results"][0];
  return same(result["locations"][0]["physicalLocation"]["artifactLocation"].dump(),
              R"({"uri":"file:///usr/include/with%20space.h"})");
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
      named<paths_outside_the_root_are_file_uris>("paths_outside_the_root_are_file_uris")};
  return cmocka_run_group_tests_name("report writers", tests, nullptr, nullptr);
}
