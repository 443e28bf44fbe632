// SPDX-License-Identifier: Apache-2.0
//
// One entry of a bundle by itself: what its record says, and whether its path and target are well-formed. What concerns
// its neighbours is in bundle.cpp.
#pragma once

#include <proofmark/bundle.h>

#include "session.h"

namespace proofmark::verify {

inline uint32_t load_le16(const uint8_t bytes[2]) {
  return uint32_t{bytes[0]} | uint32_t{bytes[1]} << 8;
}

inline bool is_zero(const uint8_t* bytes, size_t size) {
  uint32_t seen = 0;
  for (size_t i = 0; i < size; ++i) seen |= bytes[i];
  return seen == 0;
}

// Copies a text into memory of PM_BUNDLE_PATH_MAX + 1 bytes, with a zero byte behind it.
inline Bytes keep_text(uint8_t* to, const uint8_t* from, size_t size) {
  copy_bytes(to, from, size);
  to[size] = 0;
  return {to, size};
}

// Below, equal to or above zero. '/' comes before every other byte, so a directory comes right before what lies in it.
[[nodiscard]] int compare_paths(Bytes left, Bytes right);

// Bytes before the last '/'; 0 without one.
[[nodiscard]] size_t parent_length(Bytes path);

// Everything of `entry` but path and target; they stay empty. `entry` points into `record`.
[[nodiscard]] pm_verdict decode_record(const pm_bundle_record& record, uint32_t index, pm_bundle_entry* entry);

// Path and target by themselves.
[[nodiscard]] pm_verdict check_names(const pm_bundle_entry& entry);

}  // namespace proofmark::verify
