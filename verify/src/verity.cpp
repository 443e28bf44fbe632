// SPDX-License-Identifier: Apache-2.0
//
// See verity.h.
#include "verity.h"

namespace proofmark::verify {

void VerityHasher::start(const Sha256Kernel* kernel) {
  kernel_ = kernel;
  for (Level& level : levels_) {
    level.block.start(kernel_);
    level.received = 0;
  }
}

void VerityHasher::close_block(unsigned level, uint8_t digest[PM_DIGEST_SIZE]) {
  levels_[level].block.finish(digest);
  levels_[level].block.start(kernel_);
}

// A digest that fills a block of its level carries the digest of that block to the next level.
void VerityHasher::add(unsigned level, const uint8_t* digest) {
  uint8_t carried[PM_DIGEST_SIZE];
  copy_bytes(carried, digest, sizeof carried);
  for (; level < kTreeLevels; ++level) {
    Level& current = levels_[level];
    copy_bytes(current.last, carried, sizeof carried);
    current.block.update(carried, sizeof carried);
    if (++current.received % kDigestsPerBlock != 0) return;
    close_block(level, carried);
  }
}

// Closes the unfinished block of each level, from the leaves up, until a level holds a single digest. An empty file has
// no block, and a root of zeros.
void VerityHasher::store_root(uint8_t root[PM_DIGEST_SIZE]) {
  constexpr uint8_t kNoDigest[PM_DIGEST_SIZE] = {};
  zero_bytes(root, PM_DIGEST_SIZE);
  for (unsigned i = 0; i < kTreeLevels; ++i) {
    const uint64_t received = levels_[i].received;
    if (received == 1) copy_bytes(root, levels_[i].last, PM_DIGEST_SIZE);
    if (received <= 1) return;
    const uint64_t filled = received % kDigestsPerBlock;
    if (filled == 0) continue;
    for (uint64_t pad = filled; pad < kDigestsPerBlock; ++pad) levels_[i].block.update(kNoDigest, sizeof kNoDigest);
    uint8_t digest[PM_DIGEST_SIZE];
    close_block(i, digest);
    if (i + 1 < kTreeLevels) add(i + 1, digest);
  }
}

void VerityHasher::finish(uint64_t length, uint8_t digest[PM_DIGEST_SIZE]) {
  pm_verity_descriptor descriptor = {};
  descriptor.version = PM_VERITY_VERSION;
  descriptor.hash_algorithm = PM_VERITY_SHA256;
  descriptor.log_block_size = PM_VERITY_LOG_BLOCK_SIZE;
  store_le64(descriptor.data_size, length);
  store_root(descriptor.root_hash);
  Sha256 hash;
  hash.start(kernel_);
  hash.update(reinterpret_cast<const uint8_t*>(&descriptor), sizeof descriptor);
  hash.finish(digest);
}

bool VerityHasher::hash(const Sha256Kernel* kernel, const pm_io& file, uint64_t length,
                        uint8_t digest[PM_DIGEST_SIZE]) {
  start(kernel);
  for (uint64_t offset = 0; offset < length;) {
    const uint64_t left = length - offset;
    const auto size = static_cast<size_t>(left < kReadSize ? left : kReadSize);
    if (file.read(file.context, offset, buffer_, size) != 0) return false;
    const size_t leaves = (size + PM_BLOCK_SIZE - 1) / PM_BLOCK_SIZE;
    zero_bytes(buffer_ + size, leaves * PM_BLOCK_SIZE - size);
    hash_leaves(*kernel_, buffer_, leaves, digests_);
    for (size_t i = 0; i < leaves; ++i) add(0, digests_ + i * PM_DIGEST_SIZE);
    offset += size;
  }
  finish(length, digest);
  return true;
}

bool VerityHasher::hash_range(const pm_io& file, uint64_t offset, uint64_t length, uint8_t digest[PM_DIGEST_SIZE]) {
  Sha256 hash;
  hash.start(kernel_);
  for (uint64_t done = 0; done < length;) {
    const uint64_t left = length - done;
    const auto size = static_cast<size_t>(left < kReadSize ? left : kReadSize);
    if (file.read(file.context, offset + done, buffer_, size) != 0) return false;
    hash.update(buffer_, size);
    done += size;
  }
  hash.finish(digest);
  return true;
}

}  // namespace proofmark::verify
