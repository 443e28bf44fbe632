// SPDX-License-Identifier: Apache-2.0
//
// See board_options.h.
#include "board_options.h"

#include <algorithm>

#include <fmt/format.h>

#include "boards_dir.h"

namespace proofmark::sign::tool {

Result<void> check_text(const std::string& text, const char* what, std::size_t most, const char* hint) {
  const bool printable = std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c <= 0x7e; });
  if (!printable) return usage("", fmt::format("the {} has characters other than printable ASCII", what), hint);
  if (text.empty() || text.size() > most)
    return usage(
        "", fmt::format("the {} \"{}\" does not fit (expected 1 to {} bytes, found {})", what, text, most, text.size()),
        hint);
  return {};
}

Result<std::vector<BoardFacts>> load_boards(const std::vector<std::string>& names, const std::string& directory) {
  std::vector<BoardFacts> boards;
  if (names.size() > PM_BOARDS_MAX)
    return usage("", fmt::format("too many boards (expected at most {}, found {})", static_cast<int>(PM_BOARDS_MAX),
                                 names.size()));
  const std::filesystem::path folder = directory.empty() ? default_boards_dir() : std::filesystem::path(directory);
  for (const auto& name : names) {
    auto board = load_board(folder, name);
    if (!board) return tl::unexpected(board.error());
    if (auto ok = check_text(board->name, "board name", PM_BOARD_NAME_MAX, "shorten \"name\" in the board file"); !ok)
      return tl::unexpected(ok.error());
    boards.push_back(std::move(*board));
  }
  return boards;
}

}  // namespace proofmark::sign::tool
