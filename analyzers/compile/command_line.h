// SPDX-License-Identifier: Apache-2.0
//
// Splits command lines into words as build tools write them, and expands response files (@file). Both follow what GCC
// and Clang do on GNU systems, since the words must be the ones the real compiler saw.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "report/finding.h"

namespace proofmark::analyze {

using Words = std::vector<std::string>;

// Splits on unquoted white space; understands '...', "..." and backslash. No variable or glob is ever expanded.
Words split_words(std::string_view line);

// Replaces each @file by the words in it, recursively, relative names being looked up in `directory`. A missing file
// stays as it is, as the compilers do; a file that includes itself is an error.
report::Result<Words> expand_response_files(const Words& words, const std::filesystem::path& directory);

}  // namespace proofmark::analyze
