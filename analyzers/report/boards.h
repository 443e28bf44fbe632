// SPDX-License-Identifier: Apache-2.0
//
// The boards of a folder, for matrices and completion.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace proofmark::report {

// The names of the boards in `boards_dir`, sorted.
std::vector<std::string> board_names(const std::filesystem::path& boards_dir);

}  // namespace proofmark::report
