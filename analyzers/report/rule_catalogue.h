// SPDX-License-Identifier: Apache-2.0
//
// Every rule of every program by id, name and default level. A policy names rules of all programs, and each must notice
// one that does not exist, though none links the others. Generated from docs/rules.
#pragma once

#include <span>
#include <string_view>

#include "report/finding.h"

namespace proofmark::report {

struct KnownRule {
  std::string_view id;    // "PMF003"
  std::string_view name;  // "stack-protector-strong"
  Level default_level;
};

// Sorted by id.
std::span<const KnownRule> known_rules();

// Null when there is no such rule.
const KnownRule* find_known_rule(std::string_view id);

// By id, or by a name that no other rule has; null when there is no such rule.
const KnownRule* find_rule_called(std::string_view word);

}  // namespace proofmark::report
