// SPDX-License-Identifier: Apache-2.0
//
// Waivers: findings that a named person accepted until a date, for a written reason. A waiver that expired or covers
// nothing is itself a finding (PMX001, PMX002), so that the file cannot rot.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/date.h"
#include "report/finding.h"

namespace proofmark::report {

struct Waiver {
  std::string rule;   // "PMS103"; in the file it may be the rule's name
  std::string place;  // glob of the file as displayed (* stops at '/', ** does not), optionally ":LINE"
  std::string reason, owner;
  Date expires;       // last day on which it holds
  unsigned line = 0;  // in the waivers file
};

extern const RuleInfo kWaiverExpired;  // PMX001
extern const RuleInfo kWaiverUnused;   // PMX002

class Waivers {
 public:
  Waivers() = default;
  static Result<Waivers> load(const std::filesystem::path& file);

  // Marks the findings that a valid waiver covers and appends PMX001/PMX002 findings. Only waivers for a rule in
  // `rules` can count as unused: the ELF audit knows nothing about a waiver for a flag rule. Call it once, after all
  // findings are known. `root` is what places are relative to.
  void apply(std::vector<Finding>& findings, std::span<const RuleInfo> rules, const std::filesystem::path& root,
             Date today) const;

  const std::vector<Waiver>& all() const { return waivers_; }

 private:
  std::string file_;
  std::vector<Waiver> waivers_;
};

// Shell-style match: * any run without '/', ** any run, ? one character but '/'. No recursion, linear memory.
bool glob_match(std::string_view pattern, std::string_view text);

}  // namespace proofmark::report
