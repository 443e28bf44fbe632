// SPDX-License-Identifier: Apache-2.0
//
// Where the boards are when --boards-dir does not say: ../share/proofmark/boards beside the program.
#pragma once

#include <filesystem>

namespace proofmark::sign::tool {

inline std::filesystem::path default_boards_dir() {
  std::error_code code;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", code);
  return program.parent_path().parent_path() / "share" / "proofmark" / "boards";
}

}  // namespace proofmark::sign::tool
