// SPDX-License-Identifier: Apache-2.0
//
// Questions to git about the working tree that the checked sources are in.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "compile/process.h"

namespace proofmark::analyze {

// Asks `git QUESTION...` in `directory`. The repository's configuration may name programs to run; those that a question
// could start are turned off, and names come as they are, not quoted.
report::Result<ProcessOutput> ask_git(const Words& question, const std::filesystem::path& directory);

// Without the end of the line.
std::string first_line(std::string_view text);

// The names in what git prints with -z.
std::vector<std::string> names_of(std::string_view output);

}  // namespace proofmark::analyze
