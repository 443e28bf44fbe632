// SPDX-License-Identifier: Apache-2.0
//
// Findings that several tests of the writers use.
#pragma once

#include "report/report.h"

namespace proofmark::test {

constexpr report::RuleInfo kImplicit{"PMW001", "warnings-as-errors", "Chosen warnings are errors.",
                                     report::Level::kMust, 0};
constexpr report::RuleInfo kOverflow{"PMS101", "stack-buffer-overflow", "Nothing is written beyond a local array.",
                                     report::Level::kMust, 121};

// One compiler warning with a frame, one overflow with a path, one advisory about a file, one waived.
report::Report sample_report();

}  // namespace proofmark::test
