// SPDX-License-Identifier: Apache-2.0
//
// The texts of a mark that come from the command line: names and boards.
#pragma once

#include <string>
#include <vector>

#include "proofmark/sign/evidence.h"

namespace proofmark::sign::tool {

// Texts in a mark are short and printable, so that a device can show them as they are.
Result<void> check_text(const std::string& text, const char* what, std::size_t most, const char* hint);

// The boards of these names; an empty `directory` is where the program's own are.
Result<std::vector<BoardFacts>> load_boards(const std::vector<std::string>& names, const std::string& directory);

}  // namespace proofmark::sign::tool
