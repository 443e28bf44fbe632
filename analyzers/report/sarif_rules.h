// SPDX-License-Identifier: Apache-2.0
//
// The rules of a SARIF run as GitHub shows them: help, CWE tags, severity.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "report/review.h"

namespace proofmark::report {

// "error", "warning", "note".
const char* sarif_level(Level level);
// "external/cwe/cwe-121", as GitHub wants it.
std::string cwe_tag(int cwe);

class SarifRules {
 public:
  // A rule that only findings name (another program's, in a joined report) is listed too,
  // and only a rule with findings carries its page, because 130 pages in every file help nobody.
  explicit SarifRules(const Review& review);

  const nlohmann::json& list() const { return list_; }
  // Position in the list, which has the rule of every finding.
  std::size_t index(const std::string& rule) const { return positions_.at(rule); }
  // How many rules had more tags than GitHub keeps.
  unsigned cut_tags() const { return cut_tags_; }

 private:
  // What the findings say of a rule.
  struct Use {
    Level level = Level::kOff;  // the highest
    std::vector<int> cwes;      // in the order of the findings, each once
  };

  void add(const RuleInfo& rule);
  nlohmann::json tags(const RuleInfo& rule, const Use& use);
  nlohmann::json help(const RuleInfo& rule, bool with_page) const;

  const std::filesystem::path& pages_;
  std::map<std::string, Use, std::less<>> uses_;
  std::map<std::string, std::size_t> positions_;
  nlohmann::json list_ = nlohmann::json::array();
  unsigned cut_tags_ = 0;
};

}  // namespace proofmark::report
