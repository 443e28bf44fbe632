// SPDX-License-Identifier: Apache-2.0
//
// Texts that end in a zero byte, and the words for verdicts that only one program can say.
#pragma once

#include <proofmark/verdict.h>

#include <stddef.h>
#include <stdint.h>

namespace proofmark::linux_exec {

inline size_t text_length(const char* text) {
  size_t length = 0;
  while (text[length] != '\0') ++length;
  return length;
}

inline bool is_same_text(const char* left, const char* right) {
  for (; *left != '\0' && *left == *right; ++left) ++right;
  return *left == *right;
}

inline void copy_text(char* to, const char* from) {
  __builtin_memcpy(to, from, text_length(from) + 1);
}

// Puts the decimal digits of `number` at `end`, which has room for 20, and returns the end behind them. No zero byte.
inline char* append_number(char* end, uint64_t number) {
  uint64_t divisor = 1;
  while (number / divisor >= 10) divisor *= 10;
  for (; divisor > 0; divisor /= 10) *end++ = static_cast<char>('0' + number / divisor % 10);
  return end;
}

struct VerdictText {
  pm_verdict verdict;
  const char* text;
};

// The text of a verdict in `texts`, or `otherwise`.
template <size_t kCount>
const char* find_text(const VerdictText (&texts)[kCount], pm_verdict verdict, const char* otherwise) {
  for (const VerdictText& entry : texts) {
    if (entry.verdict == verdict) return entry.text;
  }
  return otherwise;
}

}  // namespace proofmark::linux_exec
