// SPDX-License-Identifier: Apache-2.0
//
// SHA-256, and the fs-verity file digest that a mark holds (docs/format.md section 5). Both stream, so a file of any size
// needs a few kilobytes. SHA-256 itself is the verifier's (proofmark/hash.h), because nothing else is as fast; the tree is
// written apart from the verifier's on purpose: `proofmark sign` checks its own output with the verifier, and two
// implementations that agree are worth more than one that agrees with itself.
#pragma once

#include <array>
#include <cstdint>

#include "proofmark/format.h"
#include "proofmark/hash.h"
#include "proofmark/sign/error.h"

namespace proofmark::sign {

class Sha256 {
 public:
  Sha256();

  void update(ByteView bytes);
  // Call once; the object is spent afterwards.
  Digest finish();

 private:
  pm_sha256 state_;
};

Digest sha256(ByteView bytes);
// HMAC-SHA-256 (RFC 2104).
Digest hmac_sha256(ByteView key, ByteView message);

// The digest that `fsverity digest` prints for SHA-256, 4 KiB blocks and no salt.
class FsVerityHasher {
 public:
  void update(ByteView bytes);
  // Call once; the object is spent afterwards.
  Digest finish();

 private:
  // 64-bit sizes have at most 2^52 blocks, and each level has a 128th of the entries of the one below.
  static constexpr std::size_t kLevels = 8;
  struct Level {
    std::array<std::uint8_t, PM_BLOCK_SIZE> block{};
    std::size_t used = 0;       // bytes of `block`
    std::uint64_t entries = 0;  // digests ever added
  };

  void add_blocks(ByteView blocks);
  void add_digest(std::size_t level, const Digest& digest);
  Digest root();

  std::array<std::uint8_t, PM_BLOCK_SIZE> data_{};
  std::size_t used_ = 0;
  std::uint64_t size_ = 0;
  std::array<Level, kLevels> levels_{};
};

Digest fs_verity(ByteView bytes);

}  // namespace proofmark::sign
