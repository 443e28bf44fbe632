// SPDX-License-Identifier: Apache-2.0
//
// The fs-verity digest (Linux Documentation/filesystems/fsverity.rst: SHA-256, 4 KiB blocks, no salt), computed in one
// pass with constant memory: each level of the Merkle tree is a running hash of its current block, so no tree is stored.
#pragma once

#include "sha256.h"

namespace proofmark::verify {

constexpr size_t kReadSize = 64 * 1024;
constexpr size_t kLeavesPerRead = kReadSize / PM_BLOCK_SIZE;
constexpr uint32_t kDigestsPerBlock = uint32_t{PM_BLOCK_SIZE} / PM_DIGEST_SIZE;

// 2^64 bytes are 2^52 blocks; each level divides by 128 = 2^7, the ninth holds one digest.
constexpr unsigned kTreeLevels = 9;

class VerityHasher {
 public:
  // Digest of the first `length` bytes of `file`, each read once, front to back. False when reading failed.
  [[nodiscard]] bool hash(const Sha256Kernel* kernel, const pm_io& file, uint64_t length,
                          uint8_t digest[PM_DIGEST_SIZE]);

  // Plain SHA-256 of `length` bytes from `offset` on, with the kernel of the last hash(). False when reading failed.
  [[nodiscard]] bool hash_range(const pm_io& file, uint64_t offset, uint64_t length, uint8_t digest[PM_DIGEST_SIZE]);

  // The kernel for a hash(), tested; the memory of the buffer is lent for it.
  [[nodiscard]] const Sha256Kernel* choose_kernel() { return choose_tested_sha256_kernel(buffer_); }

 private:
  struct Level {
    Sha256 block;                  // the block of digests being filled
    uint64_t received;             // digests that came to this level
    uint8_t last[PM_DIGEST_SIZE];  // the latest of them; the root when it is the only one
  };

  void start(const Sha256Kernel* kernel);
  void add(unsigned level, const uint8_t* digest);
  void close_block(unsigned level, uint8_t digest[PM_DIGEST_SIZE]);
  void store_root(uint8_t root[PM_DIGEST_SIZE]);
  void finish(uint64_t length, uint8_t digest[PM_DIGEST_SIZE]);

  const Sha256Kernel* kernel_;
  Level levels_[kTreeLevels];
  uint8_t digests_[kLeavesPerRead * PM_DIGEST_SIZE];
  uint8_t buffer_[kReadSize];
};

}  // namespace proofmark::verify
