// SPDX-License-Identifier: Apache-2.0
//
// A text of others in a form in which it cannot end a record or steer a terminal: every byte that is not printable ASCII, and
// '"' and '\', becomes \u00XX. It is valid in JSON, and the bytes can be got back.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace proofmark::linux_guard {

constexpr size_t kMostEscaped = 6;  // bytes for one

// Stores the form of one byte; returns how long it is.
inline size_t escape_byte(uint8_t byte, char escaped[kMostEscaped]) {
  constexpr char kHex[] = "0123456789abcdef";
  if (byte >= 0x20 && byte <= 0x7e && byte != '"' && byte != '\\') {
    escaped[0] = static_cast<char>(byte);
    return 1;
  }
  __builtin_memcpy(escaped, "\\u00", 4);
  escaped[4] = kHex[byte >> 4];
  escaped[5] = kHex[byte & 15];
  return kMostEscaped;
}

}  // namespace proofmark::linux_guard
