// SPDX-License-Identifier: Apache-2.0
//
// Findings for people: compiler-style lines that editors and CI log viewers can click, with the source line, a caret,
// the path to the defect and the cure.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "report/review.h"

namespace proofmark::report {

struct TextOptions {
  bool colour = false;
};

// True when `stream` is a terminal and NO_COLOR is not set.
bool wants_colour(std::FILE* stream);

// `text` with control characters replaced: terminals obey escape sequences.
std::string printable(std::string_view text);

// "proofmark: 2 errors, 0 warnings, 1 note, 1 waived in 12 units for board qemu-amd64 by policy openssf-2026-06"
std::string summary_line(const Review& review);

// All unwaived findings, sorted and deduplicated, then one summary line. Control characters in messages and source
// lines are replaced: both come from files an attacker may have written, and terminals obey escape sequences.
std::string to_text(const Review& review, const TextOptions& options);

}  // namespace proofmark::report
