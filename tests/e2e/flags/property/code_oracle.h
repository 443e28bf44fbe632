// SPDX-License-Identifier: Apache-2.0
//
// What the compilers really did with flags, seen in the assembly of a probe unit, without a word about the flags.
#pragma once

#include <optional>
#include <string>

#include "subject.h"

namespace proofmark::test {

// Each is empty where the code cannot show it, at -O0 for instance.
struct ObservedCode {
  std::optional<bool> optimised;
  std::optional<int> canary;  // 0 none, 1 char arrays, 2 strong, 3 all
  std::optional<bool> stack_clash;
  std::optional<std::string> auto_var_init;
  std::optional<bool> position_independent;
  std::optional<bool> keeps_null_checks;
  std::optional<bool> defined_overflow;
  std::optional<bool> strict_aliasing;
  std::optional<int> flexible_arrays;
  std::optional<int> fortify;
  std::optional<bool> checks_sizes, checks_dynamic_sizes;
  std::optional<int> branch;  // x86: bit 0 branches, bit 1 returns; arm64: bit 0 BTI, bit 1 PAC
};

extern const char kCodeProbe[];  // C source

ObservedCode observe_code(const std::string& assembly, const Subject& subject, const analyze::Words& flags);

}  // namespace proofmark::test
