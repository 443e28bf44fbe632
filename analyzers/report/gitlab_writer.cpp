// SPDX-License-Identifier: Apache-2.0
//
// GitLab's Code Quality report. GitLab compares the fingerprints of two branches, so they hold no line number, and shows
// what is new in a merge request by itself.
#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/ci_writers.h"
#include "report/digest.h"
#include "report/file.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

// info, minor, major, critical, blocker are all the words there are.
const char* gitlab_severity(const Reviewed& one) {
  if (one.finding.level == Level::kMust) return one.fails_run() ? "blocker" : "critical";
  return one.finding.level == Level::kShould ? "major" : "info";
}

}  // namespace

std::string to_gitlab(const Review& review) {
  json list = json::array();
  for (const Reviewed& one : review.findings) {
    const Finding& finding = one.finding;
    if (!finding.waived_by.empty()) continue;
    // A finding about the build as a whole still needs a path.
    const std::string path =
        display_path(review.report.root, finding.where.file.empty() ? finding.unit : finding.where.file);
    const std::string hint = finding.hint.empty() ? "" : fmt::format(" ({})", finding.hint);
    list.push_back({{"description", finding.message + hint},
                    {"check_name", finding.rule},
                    // One file for a whole matrix is common: the boards' findings must not be taken for each other.
                    {"fingerprint", sha256_hex(fmt::format("{}\n{}", review.report.board, one.id))},
                    {"severity", gitlab_severity(one)},
                    {"location",
                     {{"path", path.empty() ? "." : path}, {"lines", {{"begin", std::max(finding.where.line, 1U)}}}}}});
  }
  return dump_json(list);
}

}  // namespace proofmark::report
