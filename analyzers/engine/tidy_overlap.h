// SPDX-License-Identifier: Apache-2.0
//
// Where a check of clang-tidy and something else speak of one defect: the reader wants it once.
#pragma once

#include "report/finding.h"

namespace proofmark::analyze {

// Whether `one` says in its line nothing that `other`, in the same line, does not say better.
bool tidy_makes_superfluous(const report::Finding& one, const report::Finding& other);

}  // namespace proofmark::analyze
