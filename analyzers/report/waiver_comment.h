// SPDX-License-Identifier: Apache-2.0
//
// The form of a waiver in a comment:
//
//     // proofmark: waive(PMS201, PMS202) owner="jane@example.com" expires=2027-03-01 reason="runs before the guard is set"
//
// A comment that begins so means to be a waiver: anything else in it is an error, never a comment without effect.
#pragma once

#include <string_view>
#include <vector>

#include "report/waivers.h"

namespace proofmark::report {

// Whether the comment, with its slashes and stars, begins with "proofmark:".
bool is_waiver_comment(std::string_view comment);

// One waiver for each rule, without a place. An error says what is wrong, and not where.
Result<std::vector<Waiver>> parse_waiver_comment(std::string_view comment);

}  // namespace proofmark::report
