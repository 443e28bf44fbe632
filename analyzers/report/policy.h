// SPDX-License-Identifier: Apache-2.0
//
// Reads boards and policies (boards/*.json, boards/policies/*.json). A board is a small delta: a key it lacks is looked
// up along its "inherits" chain. A policy says how much each rule is insisted on, and with which parameters.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "report/finding.h"
#include "report/policy_levels.h"

namespace proofmark::report {

// A prebuilt archive that no analyzer saw, accepted with a reason, an owner and an expiry date.
struct PrebuiltWaiver {
  std::string archive, reason, owner, expires;
  std::string sha256;  // what it must be, lower-case hex; empty: it must lie within the pinned sysroot

  bool operator==(const PrebuiltWaiver&) const = default;
};

class Policy {
 public:
  // A rule or parameter that does not exist, or any other thing that is not understood, is an error.
  static Result<Policy> load(const std::filesystem::path& file);

  // The level the policy gives to the rule, or the rule's own default. Without a context, the level for what no condition
  // covers.
  Level level(const RuleInfo& rule, const PolicyContext& context = {}) const;
  // This policy as it is for one thing, so that `level` needs no context any more.
  Policy resolved(const PolicyContext& context) const;
  // What the policy says of the rule; null when it does not name it.
  const RuleLevels* levels(std::string_view rule) const;
  // A parameter of a rule or group of rules; null JSON when the policy has none.
  const nlohmann::json& parameter(std::string_view rule, std::string_view name) const;
  const nlohmann::json& parameters() const { return parameters_; }

  const std::string& name() const { return name_; }
  const std::string& description() const { return description_; }
  const std::string& sha256() const { return sha256_; }  // of the file's bytes, lower-case hex
  const std::vector<PrebuiltWaiver>& prebuilt() const { return prebuilt_; }

 private:
  std::string name_, description_, sha256_;
  std::map<std::string, RuleLevels, std::less<>> levels_;
  nlohmann::json parameters_;
  std::vector<PrebuiltWaiver> prebuilt_;
};

class Board {
 public:
  // `name` is a board's name in `boards_dir`, or the path of a board file.
  static Result<Board> load(const std::filesystem::path& boards_dir, std::string_view name);

  const std::string& name() const { return name_; }
  // The value of a key, looked up along the inheritance chain; null JSON when absent everywhere.
  const nlohmann::json& get(std::string_view key) const;
  std::filesystem::path policy_file() const;  // boards_dir/policies/<policy>.json

 private:
  std::string name_;
  std::filesystem::path boards_dir_;
  nlohmann::json merged_;
};

// The file of a policy given by name or, when it ends in .json, by path.
Result<std::filesystem::path> find_policy(const std::filesystem::path& boards_dir, std::string_view name);
// The names of the policies in `boards_dir`, sorted.
std::vector<std::string> policy_names(const std::filesystem::path& boards_dir);

// Where the boards are when --boards-dir is not given: ../share/proofmark/boards beside the running program.
std::filesystem::path default_boards_dir();

}  // namespace proofmark::report
