// SPDX-License-Identifier: Apache-2.0
//
// `--format json`: every finding, for scripts and editors.
#include <nlohmann/json.hpp>

#include "report/ci_writers.h"
#include "report/file.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

json one_to_json(Reviewed one, const std::filesystem::path& root) {
  Finding& finding = one.finding;
  for (std::string* const path : {&finding.where.file, &finding.unit}) *path = display_path(root, *path);
  for (PathStep& step : finding.path) step.where.file = display_path(root, step.where.file);
  return reviewed_to_json(one);
}

// Of what is shown, repetitions aside.
Counts count_of(const Review& review) {
  std::vector<Finding> findings;
  for (const Reviewed& one : review.findings) findings.push_back(one.finding);
  return count(findings);
}

}  // namespace

std::string to_json(const Review& review) {
  const Report& report = review.report;
  const Counts counts = count_of(review);
  json document{{"proofmark_findings", 1},   {"tool", report.tool},       {"version", report.version},
                {"board", report.board},     {"policy", report.policy},   {"complete", !review.incomplete},
                {"subjects", json::array()}, {"findings", json::array()}, {"gone", json::array()}};
  document["counts"] = {{"findings", counts.findings}, {"advisory", counts.advisory}, {"waived", counts.waived}};
  for (const std::string& subject : review.subjects) document["subjects"].push_back(display_path(report.root, subject));
  for (const Reviewed& one : review.findings) document["findings"].push_back(one_to_json(one, report.root));
  for (const Reviewed& one : review.gone) document["gone"].push_back(one_to_json(one, report.root));
  return dump_json(document);
}

}  // namespace proofmark::report
