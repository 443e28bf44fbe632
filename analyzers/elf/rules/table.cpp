// SPDX-License-Identifier: Apache-2.0
//
// The table of all rules. A rule that is missing here does not run, and a test compares the table with the folder.
#include "elf/rules/rules.h"

namespace proofmark::elf {

std::span<const ElfRule> elf_rules() {
  static const ElfRule kRules[] = {kPme001, kPme002, kPme003, kPme004, kPme005, kPme006, kPme007,
                                   kPme008, kPme009, kPme010, kPme011, kPme012, kPme013, kPme014,
                                   kPme015, kPme016, kPme017, kPme018, kPme019, kPme020, kPme021};
  return kRules;
}

std::vector<std::string> string_list(const AuditInput& input, std::string_view rule, std::string_view parameter,
                                     std::vector<std::string> fallback) {
  if (input.options.policy == nullptr) return fallback;
  const nlohmann::json& value = input.options.policy->parameter(rule, parameter);
  if (!value.is_array()) return fallback;
  std::vector<std::string> strings;
  for (const nlohmann::json& item : value) {
    if (item.is_string()) strings.push_back(item.get<std::string>());
  }
  return strings;
}

}  // namespace proofmark::elf
