// SPDX-License-Identifier: Apache-2.0
//
// What the rules about functions share: counting one protection over the functions that are the project's own, and
// naming some of those that lack it.
#pragma once

#include <string>
#include <vector>

#include "elf/audit.h"

namespace proofmark::elf {

struct FunctionTally {
  std::size_t held = 0, unknown = 0, not_applicable = 0;
  std::vector<const ExaminedFunction*> missing;
};

// Over own functions only: prebuilt ones are the policy's business (PME015).
FunctionTally tally(const Functions& functions, std::string_view property);

// "a (x.c), b (x.c), ..."
std::string titles(const std::vector<const ExaminedFunction*>& functions);

// Why there are no functions to look at.
Outcome not_examined(const AuditInput& input);
// The same, as a failure under a policy: for the rules whose answer no other rule can stand in for.
Outcome must_be_examined(const AuditInput& input);

}  // namespace proofmark::elf
