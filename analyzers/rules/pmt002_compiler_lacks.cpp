// SPDX-License-Identifier: Apache-2.0
//
// PMT002: a protection of the policy that this version of the compiler does not have. Asking for the flag cannot cure it,
// so it is not blamed on the unit.
#include "rules/unit_rules.h"

namespace proofmark::analyze {

constinit const report::RuleInfo kPmt002CompilerLacks = {"PMT002", "compiler-lacks-protection",
                                                         "The compiler has every protection that the policy asks for.",
                                                         report::Level::kShould, 693};

}  // namespace proofmark::analyze
