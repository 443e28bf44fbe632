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

namespace proofmark::report {

// A prebuilt archive that no analyzer saw, accepted with a reason, an owner and an expiry date.
struct PrebuiltWaiver {
  std::string archive, reason, owner, expires;
  std::string sha256;  // what it must be, lower-case hex; empty: it must lie within the pinned sysroot
};

class Policy {
 public:
  static Result<Policy> load(const std::filesystem::path& file);

  // The level the policy gives to the rule, or the rule's own default.
  Level level(const RuleInfo& rule) const;
  // A parameter of a rule or rule family; null JSON when the policy has none.
  const nlohmann::json& parameter(std::string_view rule, std::string_view name) const;

  const std::string& name() const { return name_; }
  const std::string& sha256() const { return sha256_; }  // of the file's bytes, lower-case hex
  const std::vector<PrebuiltWaiver>& prebuilt() const { return prebuilt_; }

 private:
  std::string name_, sha256_;
  std::map<std::string, Level, std::less<>> levels_;
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

// Where the boards are when --boards-dir is not given: ../share/proofmark/boards beside the running program.
std::filesystem::path default_boards_dir();

}  // namespace proofmark::report
