// SPDX-License-Identifier: Apache-2.0
//
// A board and what it inherits. What a board lacks is looked for in the next one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "json_field.h"

namespace proofmark::sign {

// The board itself first. `name` is that of a board in the folder, or the path of a file that ends in ".json".
Result<std::vector<nlohmann::json>> read_board_chain(const std::filesystem::path& boards_dir, const std::string& name);

}  // namespace proofmark::sign
