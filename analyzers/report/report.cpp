// SPDX-License-Identifier: Apache-2.0
//
// Counting, verdict and paths of a report.
#include "report/report.h"

#include <algorithm>

#include <fmt/format.h>

namespace proofmark::report {

Counts count(const std::vector<Finding>& findings) {
  Counts counts;
  for (const Finding& finding : findings) {
    if (finding.level == Level::kOff) continue;
    if (!finding.waived_by.empty()) {
      ++counts.waived;
    } else if (finding.blocks()) {
      ++counts.findings;
    } else {
      ++counts.advisory;
    }
  }
  return counts;
}

ExitCode exit_code(const std::vector<Finding>& findings, bool incomplete) {
  if (incomplete) return ExitCode::kCannotTell;
  return std::ranges::any_of(findings, &Finding::blocks) ? ExitCode::kNo : ExitCode::kYes;
}

std::string display_path(const std::filesystem::path& root, const std::string& file) {
  if (file.empty()) return file;
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path base = (root.empty() ? fs::current_path(ignored) : fs::absolute(root, ignored)).lexically_normal();
  const fs::path full = fs::absolute(file, ignored).lexically_normal();
  const fs::path relative = full.lexically_relative(base);
  if (relative.empty() || *relative.begin() == "..") return full.string();
  return relative.string();
}

void print_error(const Error& error) {
  fmt::print(stderr, "proofmark: error: {}\n", error.message);
  if (!error.hint.empty()) fmt::print(stderr, "hint: {}\n", error.hint);
}

}  // namespace proofmark::report
