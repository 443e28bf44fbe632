// SPDX-License-Identifier: Apache-2.0
//
// What a baseline excuses, and above all what it does not.
#include <filesystem>

#include <nlohmann/json.hpp>

#include "check.h"
#include "report/baseline.h"
#include "report/ci_writers.h"
#include "report/evidence.h"
#include "report/file.h"
#include "report/sarif_writer.h"
#include "samples.h"

namespace proofmark::test {
namespace {

namespace fs = std::filesystem;
using report::Finding;
using report::Level;
using report::review;

report::Result<report::Baseline> load(const std::string& text) {
  const fs::path file = fs::temp_directory_path() / "proofmark-baseline-test.json";
  if (!report::write_file(file, text)) return tl::unexpected(report::Error{"can't write", {}});
  auto baseline = report::Baseline::load(file);
  fs::remove(file);
  return baseline;
}

// The novelties of findings against a baseline, in their order: "kkn" and so on; the number of gone ones at the end.
std::string judged(const std::string& baseline_text, std::vector<Finding> findings) {
  const auto baseline = load(baseline_text);
  if (!baseline) return baseline.error().message;
  report::Report report = sample_report();
  report.findings = std::move(findings);
  report::Review reviewed = review(std::move(report));
  baseline->apply(reviewed);
  std::string letters;
  for (const report::Reviewed& one : reviewed.findings) letters += report::novelty_name(one.novelty).substr(0, 1);
  return letters + std::to_string(reviewed.gone.size());
}

// In the order of a review: PME010 in gateway, PMS101, PMW001, and the waived PMS101, which no baseline has.
std::vector<Finding> sample_findings() {
  std::vector<Finding> findings = sample_report().findings;
  report::sort_and_deduplicate(findings);
  return findings;
}

std::string baseline_text() {
  return report::baseline_to_json(review(sample_report()));
}

std::string evidence_text() {
  report::Evidence evidence;
  evidence.findings = sample_report().findings;
  report::conclude(evidence, false);
  return report::evidence_to_json(evidence, review(sample_report()));
}

std::string every_file_of_ours_is_a_baseline() {
  const auto findings = sample_findings();
  return same(judged(baseline_text(), findings), "kkkn0") + same(judged(evidence_text(), findings), "kkkn0") +
         same(judged(report::to_json(review(sample_report())), findings), "kkkn0") +
         same(judged(report::to_sarif(review(sample_report())), findings), "kkkn0");
}

std::string what_is_no_longer_found_is_gone() {
  auto findings = sample_findings();
  findings.erase(findings.begin());
  return same(judged(baseline_text(), findings), "kkn1");
}

std::string a_raised_level_is_new() {
  auto findings = sample_findings();
  findings[0].level = Level::kMust;  // it was advisory
  return same(judged(baseline_text(), findings), "nkkn0");
}

std::string a_second_equal_finding_is_new() {
  auto findings = sample_findings();
  findings.push_back(findings[1]);
  findings.back().where.column += 1;
  return same(judged(baseline_text(), findings), "kknkn0");
}

std::string findings_about_waivers_and_unread_units_are_never_known() {
  std::vector<Finding> findings = sample_report().findings;
  findings.resize(2);
  findings[0].rule = "PMX001";
  findings[1].rule = "PMT001";
  report::Report report = sample_report();
  report.findings = findings;
  const std::string written = report::baseline_to_json(review(report));
  // A forged one with the right fingerprints excuses neither.
  std::string forged = report::to_json(review(report));
  return same(judged(written, findings), "nn0") + same(judged(forged, findings), "nn0") +
         holds(written.find("PMX001") == std::string::npos, "they are not written");
}

std::string excused_findings_still_block_in_evidence() {
  const auto baseline = load(baseline_text());
  if (!baseline) return baseline.error().message;
  report::Review reviewed = review(sample_report());
  const bool fails = reviewed.verdict() == report::ExitCode::kNo;
  baseline->apply(reviewed);
  report::Evidence evidence;
  evidence.findings = sample_report().findings;
  report::conclude(evidence, false);
  const auto again = report::evidence_from_json(report::evidence_to_json(evidence, reviewed), "evidence");
  if (!again) return again.error().message;
  return holds(fails && reviewed.verdict() == report::ExitCode::kYes, "the run passes") +
         holds(!again->passed && again->counts.findings == 2, "the evidence does not");
}

std::string files_that_are_no_baseline_are_refused() {
  const auto error = [](const std::string& text) {
    return error_of(load(text)).substr(fs::temp_directory_path().string().size());
  };
  return same(error("{}"), "/proofmark-baseline-test.json: not a baseline") +
         same(error(R"({"findings": []})"), "/proofmark-baseline-test.json: not a baseline") +
         same(error(R"({"runs": [{"tool": {"driver": {"name": "other"}}, "results": []}]})"),
              "/proofmark-baseline-test.json: SARIF of another tool") +
         same(error(R"({"runs": [3]})"), "/proofmark-baseline-test.json: SARIF of another tool") +
         same(error(R"({"runs": [{"tool": {"driver": {"name": "proofmark-x"}}}]})"),
              "/proofmark-baseline-test.json: a run without results") +
         same(error(R"({"proofmark_baseline": 1, "findings": [{"rule": "PMS101", "message": "m", "level": "must"}]})"),
              "/proofmark-baseline-test.json: a finding of PMS101 has no fingerprint") +
         same(error(R"({"runs": [{"tool": {"driver": {"name": "proofmark-x"}}, "results": [{"locations": [[]]}]}]})"),
              "/proofmark-baseline-test.json: a finding of  has no fingerprint");
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {
      named<every_file_of_ours_is_a_baseline>("every_file_of_ours_is_a_baseline"),
      named<what_is_no_longer_found_is_gone>("what_is_no_longer_found_is_gone"),
      named<a_raised_level_is_new>("a_raised_level_is_new"),
      named<a_second_equal_finding_is_new>("a_second_equal_finding_is_new"),
      named<findings_about_waivers_and_unread_units_are_never_known>(
          "findings_about_waivers_and_unread_units_are_never_known"),
      named<excused_findings_still_block_in_evidence>("excused_findings_still_block_in_evidence"),
      named<files_that_are_no_baseline_are_refused>("files_that_are_no_baseline_are_refused")};
  return cmocka_run_group_tests_name("baseline", tests, nullptr, nullptr);
}
