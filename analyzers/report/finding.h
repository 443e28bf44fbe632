// SPDX-License-Identifier: Apache-2.0
//
// What every analyzer of Proofmark produces: a finding, and the description of the rule that made it. The same two types
// serve the flag rules, the compiler's warnings, the path-sensitive analyzer and the ELF audit, so that one set of
// writers (text, SARIF, evidence) serves them all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

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

struct Location {
  std::string file;  // as a reader would open it; empty when the finding has no source position
  unsigned line = 0;    // 1-based, 0 = whole file
  unsigned column = 0;  // 1-based, 0 = whole line
};

// One step on the path to a defect, in execution order.
struct PathStep {
  Location where;
  std::string message;
};

struct Finding {
  std::string rule;     // "PMF003"
  Level level = Level::kMust;
  std::string message;  // lower case, no final period
  std::string tag;      // what text output shows in brackets, "-Werror=format-security"; empty = the rule id
  int cwe = 0;          // 0 = none
  Location where;
  std::vector<PathStep> path;
  std::string hint;        // the cure, empty when none is known
  std::string unit;        // translation unit or ELF file the finding is about
  std::string waived_by;   // owner of the waiver that covers it, empty = not waived

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

}  // namespace proofmark::report
