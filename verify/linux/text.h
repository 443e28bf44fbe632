// SPDX-License-Identifier: Apache-2.0
//
// Texts that end in a zero byte, and the words for verdicts that only one program can say.
#pragma once

#include <proofmark/verdict.h>

#include <stddef.h>

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
