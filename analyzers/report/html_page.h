// SPDX-License-Identifier: Apache-2.0
//
// The parts of the page, for its two writers: picture_html.cpp puts the page together, html_units.cpp writes what opens
// under the name of a unit.
#pragma once

#include <string>
#include <string_view>

#include "report/html_frame.h"
#include "report/join.h"

namespace proofmark::report {

// How a state looks: class in the style sheet, sign in a cell, word for who can't see either. One element for each: a page
// holds a hundred thousand of them.
struct Mark {
  std::string_view style, sign, word;
};
Mark mark_of(const Verdict& verdict);

std::string mark_html(const Mark& mark);

// What a reader who looks for problems wants to see: what blocks or is unknown. Accepted and lesser losses are none.
bool is_problem(const Verdict& verdict);
bool is_problem(const JoinedFunction& function);
bool is_problem(const JoinedUnit& unit);

// One `<details>` for the unit, with the id "u<index>".
std::string unit_html(const Picture& picture, std::size_t index, std::string_view prefix, Excerpts& excerpts);

}  // namespace proofmark::report
