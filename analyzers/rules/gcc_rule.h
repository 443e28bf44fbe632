// SPDX-License-Identifier: Apache-2.0
//
// The table of what GCC itself finds (PMG###): one rule for each kind of weakness, and the options of GCC's warnings and of
// its static analyzer that belong to it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/finding.h"

namespace proofmark::analyze {

// Sorted by id.
std::span<const report::RuleInfo> gcc_rules();

// The rule that reports what `option` stands for, "-Wanalyzer-double-free"; null when none does.
const report::RuleInfo* gcc_rule_for(std::string_view option);

// The words that make a GCC of this version say all that it has rules for. Before 14 its analyzer takes C only.
std::vector<std::string> gcc_warning_words(int major, bool is_c);

}  // namespace proofmark::analyze
