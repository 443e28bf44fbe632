// SPDX-License-Identifier: Apache-2.0
//
// Acceptances that need not be decided again: of files that fs-verity guards, whose content cannot change as long as the
// digest by which the kernel guards them is the same. Of constant size; the oldest of a set gives way.
#pragma once

#include "system.h"

namespace proofmark::linux_guard {

struct CacheKey {
  FileIdentity file;
  uint8_t digest[32];  // by which fs-verity guards the file
};

class Cache {
 public:
  [[nodiscard]] bool has(const CacheKey& key) const;
  void add(const CacheKey& key);

 private:
  static constexpr unsigned kSets = 64;
  static constexpr unsigned kWays = 4;

  CacheKey keys_[kSets][kWays];
  uint8_t next_[kSets];
};

}  // namespace proofmark::linux_guard
