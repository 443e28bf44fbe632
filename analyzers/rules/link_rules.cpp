// SPDX-License-Identifier: Apache-2.0
//
// The table of link rules. A rule that is not listed here does not exist; tests compare it with the files.
#include <array>

#include "rules/link_rule.h"

namespace proofmark::analyze {

std::span<const LinkRule* const> link_rules() {
  static constexpr std::array<const LinkRule*, 8> kRules = {
      &kPmf021Relro,     &kPmf022BindNow,  &kPmf023NxStack,       &kPmf024PieLink, &kPmf025NoTextRelocations,
      &kPmf026NoRunPath, &kPmf027AsNeeded, &kPmf028NoWritableText};
  return kRules;
}

}  // namespace proofmark::analyze
