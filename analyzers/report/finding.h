// SPDX-License-Identifier: Apache-2.0
//
// What every analyzer of Proofmark produces: a finding, and the description of the rule that made it. The same two types
// serve the flag rules, the compiler's warnings, the path-sensitive analyzer and the ELF audit, so that one set of
// writers (text, SARIF, evidence) serves them all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>
#include <tl/expected.hpp>

namespace proofmark::report {

// An error that stopped a step, as opposed to a finding about the code. `hint` may be empty.
struct Error {
  std::string message;  // "FILE: what is wrong (expected X, found Y)"
  std::string hint;     // a known cure
};

template <class T>
using Result = tl::expected<T, Error>;

// How much a policy insists on a rule. kMust findings block (exit code 1).
enum class Level { kOff, kAdvisory, kShould, kMust };

// The words used in policy and evidence files: off, advisory, should, must.
std::string_view level_name(Level level);
Result<Level> parse_level(std::string_view word);

struct Location {
  std::string file;     // as a reader would open it; empty when the finding has no source position
  unsigned line = 0;    // 1-based, 0 = whole file
  unsigned column = 0;  // 1-based byte column, 0 = whole line

  bool operator==(const Location&) const = default;
};

// One step on the path to a defect, in execution order.
struct PathStep {
  Location where;
  std::string message;

  bool operator==(const PathStep&) const = default;
};

struct Finding {
  std::string rule;  // "PMF003"
  Level level = Level::kMust;
  std::string message;  // lower case, no final period
  std::string tag;      // what text output shows in brackets, "-Werror=format-security"; empty = the rule id
  int cwe = 0;          // 0 = none
  Location where;
  std::vector<PathStep> path;
  std::string hint;           // the cure, empty when none is known
  std::string unit;           // translation unit or ELF file the finding is about
  std::string waived_by;      // owner of the waiver that covers it, empty = not waived
  std::string waiver_reason;  // why that owner accepted it

  bool blocks() const { return level == Level::kMust && waived_by.empty(); }
};

// Static description of one rule; every rule file defines exactly one.
struct RuleInfo {
  std::string_view id;       // "PMF003"
  std::string_view name;     // "stack-protector-strong"
  std::string_view summary;  // one sentence, the first of its page in docs/rules
  Level default_level = Level::kMust;
  int cwe = 0;
};

// A finding of the rule; place, unit and hint are the caller's.
Finding make_finding(const RuleInfo& rule, Level level, std::string message);

// Sorts by place, then rule, then message, and drops repetitions: a header's finding is seen from every unit that
// includes it, but a reader wants it once.
void sort_and_deduplicate(std::vector<Finding>& findings);

// The JSON form used in evidence and by `--format json`; empty members are left out.
nlohmann::json finding_to_json(const Finding& finding);
// `origin` names the file in error messages.
Result<Finding> finding_from_json(const nlohmann::json& json, std::string_view origin);

}  // namespace proofmark::report
