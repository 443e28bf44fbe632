// SPDX-License-Identifier: Apache-2.0
//
// Format strings of printf and scanf, cut into conversions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace proofmark::analyze {

struct FormatPiece {
  char conversion = 0;  // 0: literal text, '%': a per cent sign
  uint64_t width = 0;   // 0: none
  unsigned stars = 0;   // "*" of printf: arguments that are widths; of scanf: the value is skipped
  bool has_width = false;
  bool allocates = false;           // "m" of scanf
  std::optional<uint64_t> longest;  // bytes that printf can write for it, when bounded by its type or precision

  bool takes_argument() const { return conversion != 0 && conversion != '%'; }
};

std::vector<FormatPiece> split_format(std::string_view format);

}  // namespace proofmark::analyze
