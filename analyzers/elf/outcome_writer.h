// SPDX-License-Identifier: Apache-2.0
//
// The audit's answers rule by rule, those that passed or did not apply included.
#pragma once

#include <string>
#include <vector>

#include "elf/audit.h"
#include "report/review.h"

namespace proofmark::elf {

// {"proofmark_audit": 1, "files": [{"file", "link", "machine", "build_id", "rules": [{"id", "name", "level", "status":
// "pass"|"fail"|"not-applicable", "detail"}]}], "findings": [...]}
std::string audits_to_json(const std::vector<FileAudit>& audits, const report::Review& review);

}  // namespace proofmark::elf
