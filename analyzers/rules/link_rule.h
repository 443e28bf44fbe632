// SPDX-License-Identifier: Apache-2.0
//
// The shape of a link rule (PMF021 and up): like a flag rule, but about one link step. What the file that comes out
// really contains is the audit's to say (PME###); these rules say which word of which command made it so.
#pragma once

#include <span>

#include "compile/link_effective.h"
#include "rules/flag_rule.h"

namespace proofmark::analyze {

struct LinkInput {
  const LinkCommand& command;
  const EffectiveLink& effective;
  Words requested;  // the linker's words of the command, see linker_requests()
};

struct LinkRule {
  report::RuleInfo info;
  FlagVerdict (*check)(const LinkInput&);
  std::string_view property;  // the name that audit and report know it by, empty = none
};

extern const LinkRule kPmf021Relro, kPmf022BindNow, kPmf023NxStack, kPmf024PieLink, kPmf025NoTextRelocations,
    kPmf026NoRunPath, kPmf027AsNeeded, kPmf028NoWritableText;

std::span<const LinkRule* const> link_rules();

}  // namespace proofmark::analyze
