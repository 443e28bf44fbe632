// SPDX-License-Identifier: Apache-2.0
//
// What the pages of `report` and of `--format html` have in common: one file that loads nothing, with its style and script,
// and how places, findings and source lines look in it. The script finds rows of `.matrix`, and one `details.unit` for each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/html_text.h"

namespace proofmark::report {

extern const std::string_view kPageStyle, kPageScript;

// All before the first element of the body.
std::string html_head(std::string_view title);

// The filter and the buttons; the script shows them. `words`: what can be filtered for; `rows`: what rows are.
std::string html_tools(std::string_view words, std::string_view rows);

// From the end of <main>. `from`: who wrote the page; `row`: what a row is.
std::string html_foot(std::string_view from, std::string_view row);

// A path with its folders set apart from its name; `prefix` is what all have in common and is left out.
std::string path_html(std::string_view path, std::string_view prefix);
std::string place_html(const Location& where, std::string_view prefix);

// Empty without an owner.
std::string waiver_html(const std::string& owner, const std::string& reason);

// An item of the list; `more` is markup that follows its own.
std::string finding_html(const Finding& finding, std::string_view prefix, std::string_view more);

// The list of findings, empty when there is none.
std::string findings_html(const std::vector<Finding>& findings, std::string_view prefix);

std::string excerpt_html(const std::vector<Excerpts::Line>& lines);

}  // namespace proofmark::report
