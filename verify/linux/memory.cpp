// SPDX-License-Identifier: Apache-2.0
//
// The four memory functions that compilers call, for programs without a libc. Compiled freestanding, so that a loop here
// is not turned into a call of itself. Eight bytes at a time where that many are left: byte by byte, clearing the verifier's
// structures took a tenth of the time of a start.
#include <stddef.h>
#include <stdint.h>

namespace {

// Eight bytes at any address.
using Word __attribute__((may_alias, aligned(1))) = uint64_t;

}  // namespace

extern "C" void* memcpy(void* __restrict to, const void* __restrict from, size_t size) {
  auto* target = static_cast<uint8_t*>(to);
  const auto* source = static_cast<const uint8_t*>(from);
  for (; size >= sizeof(Word); size -= sizeof(Word), target += sizeof(Word), source += sizeof(Word)) {
    *reinterpret_cast<Word*>(target) = *reinterpret_cast<const Word*>(source);
  }
  for (; size > 0; --size) *target++ = *source++;
  return to;
}

extern "C" void* memmove(void* to, const void* from, size_t size) {
  auto* target = static_cast<uint8_t*>(to);
  const auto* source = static_cast<const uint8_t*>(from);
  if (target <= source) {
    for (size_t i = 0; i < size; ++i) target[i] = source[i];
  } else {
    for (size_t i = size; i > 0; --i) target[i - 1] = source[i - 1];
  }
  return to;
}

extern "C" void* memset(void* memory, int value, size_t size) {
  auto* target = static_cast<uint8_t*>(memory);
  const uint64_t word = static_cast<uint8_t>(value) * uint64_t{0x0101010101010101};
  for (; size >= sizeof(Word); size -= sizeof(Word), target += sizeof(Word)) *reinterpret_cast<Word*>(target) = word;
  for (; size > 0; --size) *target++ = static_cast<uint8_t>(value);
  return memory;
}

extern "C" int memcmp(const void* left, const void* right, size_t size) {
  const auto* a = static_cast<const uint8_t*>(left);
  const auto* b = static_cast<const uint8_t*>(right);
  for (size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}
