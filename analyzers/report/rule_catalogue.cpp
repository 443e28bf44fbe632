// SPDX-License-Identifier: Apache-2.0
//
// Look-up in the catalogue of rules; the table itself is generated.
#include "report/rule_catalogue.h"

#include <algorithm>

namespace proofmark::report {

const KnownRule* find_known_rule(std::string_view id) {
  const auto rules = known_rules();
  const auto found = std::ranges::lower_bound(rules, id, {}, &KnownRule::id);
  return found != rules.end() && found->id == id ? &*found : nullptr;
}

const KnownRule* find_rule_called(std::string_view word) {
  if (const KnownRule* const rule = find_known_rule(word)) return rule;
  const auto rules = known_rules();
  const auto found = std::ranges::find(rules, word, &KnownRule::name);
  if (found == rules.end()) return nullptr;
  const bool is_unique = std::ranges::count(rules, word, &KnownRule::name) == 1;
  return is_unique ? &*found : nullptr;
}

}  // namespace proofmark::report
