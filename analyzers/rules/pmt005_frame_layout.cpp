// SPDX-License-Identifier: Apache-2.0
//
// PMT005: a GCC for arm64 with CVE-2023-4039. -fstack-protector-strong is in effect and the canary is in the code, yet it
// does not guard the return address from arrays of variable length.
#include "rules/unit_rules.h"

namespace proofmark::analyze {

constinit const report::RuleInfo kPmt005FrameLayout = {
    "PMT005", "frame-layout", "The compiler puts the canary between variable arrays and the return address.",
    report::Level::kShould, 121};

}  // namespace proofmark::analyze
