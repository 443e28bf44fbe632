// SPDX-License-Identifier: Apache-2.0
//
// One run of one analyzer, as the writers see it, and what its verdict means for the exit code.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "report/finding.h"

namespace proofmark::report {

// Exit codes of every program: 0 yes, 1 no, 2 wrong usage, 3 could not tell.
enum class ExitCode { kYes = 0, kNo = 1, kUsage = 2, kCannotTell = 3 };

struct Report {
  std::string tool;             // "proofmark-analyze"
  std::string version;          // "0.1.0"
  std::string board;            // empty when only a policy was given
  std::string policy;           // its name, empty when the rules' own levels were used
  std::string subject;          // what was looked at, for the summary line: "12 units"
  std::filesystem::path root;   // paths below it are printed relative to it; empty = the current directory
  std::vector<RuleInfo> rules;  // all that ran, whether or not they found something
  std::vector<Finding> findings;
};

struct Counts {
  unsigned findings = 0;  // blocking: level must, not waived
  unsigned advisory = 0;  // should and advisory, not waived
  unsigned waived = 0;

  bool operator==(const Counts&) const = default;
};

Counts count(const std::vector<Finding>& findings);

// kCannotTell when something could not be analysed (the answer would be incomplete), else kNo when a finding blocks.
ExitCode exit_code(const std::vector<Finding>& findings, bool incomplete);

// `file` relative to `root` when it lies below it, else normalised and absolute.
std::string display_path(const std::filesystem::path& root, const std::string& file);

// Prints "proofmark: error: MESSAGE" and, when there is one, "hint: HINT" to standard error.
void print_error(const Error& error);

}  // namespace proofmark::report
