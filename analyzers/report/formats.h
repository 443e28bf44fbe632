// SPDX-License-Identifier: Apache-2.0
//
// The formats of a report. One table serves every verb that has findings: a new format is one writer and one line of it.
// What is printed changes no exit code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/review.h"

namespace proofmark::report {

// "text", "sarif", ...: for --format.
std::vector<std::string> format_names();

// The report in the format of that name, which is one of format_names().
std::string render(const Review& review, std::string_view format, bool colour);

// Renders to `file`, or to standard output when it is empty. In format github, the summary is also appended to the file
// that $GITHUB_STEP_SUMMARY names.
Result<void> emit(const Review& review, std::string_view format, const std::string& file);

// `text` to `file`, or to standard output when it is empty.
Result<void> put_out(std::string_view text, const std::string& file);

}  // namespace proofmark::report
