// SPDX-License-Identifier: Apache-2.0
//
// Checks the names of warnings without showing Clang's headers to the caller.
#pragma once

#include <string>
#include <vector>

#include "report/finding.h"

namespace proofmark::analyze {

// An error for a name that is no warning of Clang's: a policy must not ask for what nobody checks.
report::Result<void> check_warning_names(const std::vector<std::string>& names);

}  // namespace proofmark::analyze
