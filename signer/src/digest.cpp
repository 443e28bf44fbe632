// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 by the verifier's block functions, and the Merkle tree of fs-verity over it (Linux
// Documentation/filesystems/fsverity.rst, "Merkle tree" and "fs-verity descriptor").
#include "proofmark/sign/digest.h"

#include <algorithm>
#include <cstring>

namespace proofmark::sign {
namespace {

const pm_hash_kernel* hash_kernel() {
  static const pm_hash_kernel* kernel = pm_choose_hash_kernel();
  return kernel;
}

constexpr std::array<std::uint8_t, PM_BLOCK_SIZE> kZeroBlock{};

// Sparse images are mostly holes: comparing with zero is some ten times faster than hashing.
bool is_zero_block(const std::uint8_t* block) {
  return std::memcmp(block, kZeroBlock.data(), PM_BLOCK_SIZE) == 0;
}

const Digest& zero_digest() {
  static const Digest digest = sha256(kZeroBlock);
  return digest;
}

Digest block_digest(ByteView block) {
  Digest digest{};
  pm_hash_blocks(hash_kernel(), block.data(), 1, digest.data());
  return digest;
}

}  // namespace

Sha256::Sha256() {
  pm_sha256_start(&state_, hash_kernel());
}

void Sha256::update(ByteView bytes) {
  pm_sha256_update(&state_, bytes.data(), bytes.size());
}

Digest Sha256::finish() {
  Digest digest{};
  pm_sha256_finish(&state_, digest.data());
  return digest;
}

Digest sha256(ByteView bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finish();
}

Digest hmac_sha256(ByteView key, ByteView message) {
  constexpr std::size_t kBlock = 64;
  std::array<std::uint8_t, kBlock> inner{}, outer{};
  const Digest short_key = key.size() > kBlock ? sha256(key) : Digest{};
  const ByteView used = key.size() > kBlock ? ByteView(short_key) : key;
  std::copy(used.begin(), used.end(), inner.begin());
  outer = inner;
  for (auto& byte : inner) byte ^= 0x36;
  for (auto& byte : outer) byte ^= 0x5c;

  Sha256 first, second;
  first.update(inner);
  first.update(message);
  second.update(outer);
  second.update(first.finish());
  return second.finish();
}

void FsVerityHasher::update(ByteView bytes) {
  size_ += bytes.size();
  while (!bytes.empty()) {
    if (used_ == 0 && bytes.size() >= PM_BLOCK_SIZE) {
      const std::size_t whole = bytes.size() / PM_BLOCK_SIZE * PM_BLOCK_SIZE;
      add_blocks(bytes.first(whole));
      bytes = bytes.subspan(whole);
      continue;
    }
    const std::size_t step = std::min<std::size_t>(bytes.size(), PM_BLOCK_SIZE - used_);
    std::copy_n(bytes.begin(), step, data_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ += step;
    bytes = bytes.subspan(step);
    if (used_ == PM_BLOCK_SIZE) {
      add_blocks(data_);
      used_ = 0;
    }
  }
}

// Blocks that are not zeros are hashed as many at a time as there are in a row, because the kernel hashes them side by side.
void FsVerityHasher::add_blocks(ByteView blocks) {
  constexpr std::size_t kBatch = 32;
  std::array<Digest, kBatch> digests;
  while (!blocks.empty()) {
    if (is_zero_block(blocks.data())) {
      add_digest(0, zero_digest());
      blocks = blocks.subspan(PM_BLOCK_SIZE);
      continue;
    }
    std::size_t count = 1;
    const std::size_t most = std::min(kBatch, blocks.size() / PM_BLOCK_SIZE);
    while (count < most && !is_zero_block(blocks.data() + count * PM_BLOCK_SIZE)) ++count;
    pm_hash_blocks(hash_kernel(), blocks.data(), count, digests.front().data());
    for (std::size_t i = 0; i < count; ++i) add_digest(0, digests[i]);
    blocks = blocks.subspan(count * PM_BLOCK_SIZE);
  }
}

void FsVerityHasher::add_digest(std::size_t level, const Digest& digest) {
  Digest entry = digest;
  for (; level < kLevels; ++level) {
    Level& at = levels_[level];
    std::copy(entry.begin(), entry.end(), at.block.begin() + static_cast<std::ptrdiff_t>(at.used));
    at.used += entry.size();
    ++at.entries;
    if (at.used < PM_BLOCK_SIZE) return;
    at.used = 0;
    entry = block_digest(at.block);
  }
}

// The root is the entry of the first level that has only one; an incomplete block is padded with zeros.
Digest FsVerityHasher::root() {
  for (std::size_t i = 0; i < kLevels; ++i) {
    Level& at = levels_[i];
    if (at.entries == 1) {
      Digest only{};
      std::copy_n(at.block.begin(), only.size(), only.begin());
      return only;
    }
    if (at.used == 0 || i + 1 == kLevels) continue;
    std::fill(at.block.begin() + static_cast<std::ptrdiff_t>(at.used), at.block.end(), std::uint8_t{0});
    add_digest(i + 1, block_digest(at.block));
  }
  return Digest{};  // no data at all: the format says zeros
}

Digest FsVerityHasher::finish() {
  if (used_ > 0) {
    std::fill(data_.begin() + static_cast<std::ptrdiff_t>(used_), data_.end(), std::uint8_t{0});
    add_blocks(data_);
  }
  const Digest top = root();
  pm_verity_descriptor descriptor{};
  descriptor.version = PM_VERITY_VERSION;
  descriptor.hash_algorithm = PM_VERITY_SHA256;
  descriptor.log_block_size = PM_VERITY_LOG_BLOCK_SIZE;
  for (std::size_t i = 0; i < sizeof descriptor.data_size; ++i)
    descriptor.data_size[i] = static_cast<std::uint8_t>(size_ >> (8 * i));
  std::copy(top.begin(), top.end(), descriptor.root_hash);
  return sha256({reinterpret_cast<const std::uint8_t*>(&descriptor), sizeof descriptor});
}

Digest fs_verity(ByteView bytes) {
  FsVerityHasher hasher;
  hasher.update(bytes);
  return hasher.finish();
}

}  // namespace proofmark::sign
