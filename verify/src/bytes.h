// SPDX-License-Identifier: Apache-2.0
//
// Byte-level helpers of the core: little-endian loads from unaligned bytes and a comparison whose time does not depend on
// the contents. Freestanding: memory functions come as compiler builtins, so no libc header is needed.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <proofmark/verify.h>

namespace proofmark::verify {

using Bytes = pm_bytes;

inline uint32_t load_le32(const uint8_t bytes[4]) {
  return uint32_t{bytes[0]} | uint32_t{bytes[1]} << 8 | uint32_t{bytes[2]} << 16 | uint32_t{bytes[3]} << 24;
}

inline uint64_t load_le64(const uint8_t bytes[8]) {
  return uint64_t{load_le32(bytes)} | uint64_t{load_le32(bytes + 4)} << 32;
}

inline void store_le64(uint8_t bytes[8], uint64_t value) {
  for (unsigned i = 0; i < 8; ++i) bytes[i] = static_cast<uint8_t>(value >> (8 * i));
}

inline void copy_bytes(void* to, const void* from, size_t size) {
  __builtin_memcpy(to, from, size);
}
inline void zero_bytes(void* memory, size_t size) {
  __builtin_memset(memory, 0, size);
}

// No early exit: how many leading bytes of a digest or key id match must not show in the time taken.
inline bool equal_bytes(const uint8_t* left, const uint8_t* right, size_t size) {
  uint32_t difference = 0;
  for (size_t i = 0; i < size; ++i) difference |= uint32_t{left[i]} ^ uint32_t { right[i] };
  return difference == 0;
}

// Length of a zero-terminated text that must not be longer than `max`; max + 1 when it is.
inline size_t bounded_length(const char* text, size_t max) {
  size_t length = 0;
  while (length <= max && text[length] != '\0') ++length;
  return length;
}

inline bool equal_text(Bytes text, const char* expected, size_t max) {
  const size_t length = bounded_length(expected, max);
  return length == text.size && equal_bytes(text.data, reinterpret_cast<const uint8_t*>(expected), length);
}

}  // namespace proofmark::verify
