// SPDX-License-Identifier: Apache-2.0
//
// Waivers: findings that a named person accepted until a date, for a written reason, in a file of waivers or in a comment
// of the source. A waiver that expired, covers nothing or is not admitted by the policy is itself a finding (PMX001,
// PMX002, PMX003), so that none can rot.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/date.h"
#include "report/finding.h"

namespace proofmark::report {

class Policy;

struct Waiver {
  std::string rule;   // "PMS103"; in the file it may be the rule's name
  std::string place;  // glob of the file as displayed (* stops at '/', ** does not), optionally ":LINE"; no comment's
  std::string reason, owner;
  Date expires{};       // last day on which it holds
  std::string file;     // where the waiver itself is written
  unsigned line = 0;    // there
  unsigned covers = 0;  // of a comment: the line of code in `file` that it is about; 0: from a file of waivers
  bool used = false;    // set by judge_waivers: it covered a finding

  bool in_source() const { return covers != 0; }
};

// What a policy says of waivers: parameters of the group "waivers", and the levels of the findings about them.
struct WaiverTerms {
  unsigned max_days = 0;            // from the day of the check to the last day of a waiver; 0: any number
  std::vector<std::string> forbid;  // rules or the beginnings of their ids
  bool in_source = true;            // comments may waive
  Level expired = Level::kMust, unused = Level::kShould, refused = Level::kMust;

  bool operator==(const WaiverTerms&) const = default;
};

WaiverTerms waiver_terms(const Policy& policy);

extern const RuleInfo kWaiverExpired;  // PMX001
extern const RuleInfo kWaiverUnused;   // PMX002
extern const RuleInfo kWaiverRefused;  // PMX003

struct WaiverContext {
  // Only waivers for one of these can count as unused: the ELF audit knows nothing about a waiver for a flag rule.
  std::span<const RuleInfo> rules;
  std::filesystem::path root;  // what places are relative to
  Date today{};
  WaiverTerms terms;
};

// Marks the findings that an admitted waiver covers and appends findings about the waivers. To be called when all
// findings are known; what an earlier call said about unused ones of these waivers is said anew, so that joined results
// can be judged again.
void judge_waivers(std::span<Waiver> waivers, std::vector<Finding>& findings, const WaiverContext& context);

// A file of waivers.
class Waivers {
 public:
  Waivers() = default;
  static Result<Waivers> load(const std::filesystem::path& file);

  void apply(std::vector<Finding>& findings, const WaiverContext& context) const;

  const std::vector<Waiver>& all() const { return waivers_; }

 private:
  std::vector<Waiver> waivers_;
};

// Sorts, and drops repetitions: the waiver in a header is seen from every unit that includes it.
void sort_and_deduplicate(std::vector<Waiver>& waivers);

// What is wrong with an owner or a reason; empty when nothing is. It must be text that a reader sees as it is.
std::string waiver_text_fault(std::string_view text);

// How many findings were waived. In evidence and reports, so that a reviewer sees who accepts how much.
struct WaivedCounts {
  std::map<std::string, unsigned> by_owner, by_rule;
};
WaivedCounts count_waived(std::span<const Finding> findings);

// The JSON forms used in evidence and between the processes of a check; waivers of comments only.
nlohmann::json waiver_to_json(const Waiver& waiver);
Result<Waiver> waiver_from_json(const nlohmann::json& json, std::string_view origin);
nlohmann::json waiver_terms_to_json(const WaiverTerms& terms);
Result<WaiverTerms> waiver_terms_from_json(const nlohmann::json& json, std::string_view origin);
nlohmann::json waived_to_json(const WaivedCounts& counts);

// Shell-style match: * any run without '/', ** any run, ? one character but '/'. No recursion, linear memory.
bool glob_match(std::string_view pattern, std::string_view text);

}  // namespace proofmark::report
