// SPDX-License-Identifier: Apache-2.0
//
// PMT004: assembly is outside what source analysis can prove; the audit of the ELF file still covers its result.
#include "rules/unit_rules.h"

namespace proofmark::analyze {

constinit const report::RuleInfo kPmt004AssemblyUnit = {
    "PMT004", "assembly-unit", "Assembly is listed, since no analyzer proves it.", report::Level::kAdvisory, 0};

}  // namespace proofmark::analyze
