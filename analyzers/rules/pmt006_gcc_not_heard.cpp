// SPDX-License-Identifier: Apache-2.0
//
// PMT006: a run was to hear what GCC itself says (--gcc-diagnostics), and of one unit it did not. Silence would read as
// if GCC had found nothing.
#include "rules/unit_rules.h"

namespace proofmark::analyze {

constinit const report::RuleInfo kPmt006GccNotHeard = {
    "PMT006", "gcc-not-heard", "GCC says what it finds of every unit of which it is asked.", report::Level::kMust, 0};

}  // namespace proofmark::analyze
