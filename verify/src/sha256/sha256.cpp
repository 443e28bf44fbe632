// SPDX-License-Identifier: Apache-2.0
//
// Streaming SHA-256 over whichever block function is in use (see sha256.h).
#include "../sha256.h"

namespace proofmark::verify {
namespace {

constexpr uint64_t kLeafBits = uint64_t{PM_BLOCK_SIZE} * 8;

static_assert(kLeafBits < 0x10000, "the length fits the last two bytes");

constexpr Sha256Block leaf_padding() {
  Sha256Block block = {};
  block.bytes[0] = 0x80;
  block.bytes[62] = static_cast<uint8_t>(kLeafBits >> 8);
  block.bytes[63] = static_cast<uint8_t>(kLeafBits);
  return block;
}

void store_be64(uint8_t bytes[8], uint64_t value) {
  for (unsigned i = 0; i < 8; ++i) bytes[i] = static_cast<uint8_t>(value >> (56 - 8 * i));
}

}  // namespace

constinit const Sha256Block kSha256LeafPadding = leaf_padding();

void store_sha256_state(const uint32_t state[8], uint8_t digest[PM_DIGEST_SIZE]) {
  for (unsigned i = 0; i < PM_DIGEST_SIZE; ++i) digest[i] = static_cast<uint8_t>(state[i / 4] >> (24 - 8 * (i % 4)));
}

void hash_leaves_one_by_one(void (*compress)(uint32_t[8], const uint8_t*, size_t), const uint8_t* leaves, size_t count,
                            uint8_t* digests) {
  for (size_t i = 0; i < count; ++i) {
    uint32_t state[8];
    copy_bytes(state, kSha256InitialState, sizeof state);
    compress(state, leaves + i * PM_BLOCK_SIZE, PM_BLOCK_SIZE / kSha256BlockSize);
    compress(state, kSha256LeafPadding.bytes, 1);
    store_sha256_state(state, digests + i * PM_DIGEST_SIZE);
  }
}

void Sha256::start(const Sha256Kernel* kernel) {
  kernel_ = kernel;
  length_ = 0;
  copy_bytes(state_, kSha256InitialState, sizeof state_);
}

void Sha256::update(const uint8_t* data, size_t size) {
  const size_t held = length_ % kSha256BlockSize;
  length_ += size;
  if (held != 0) {
    const size_t room = kSha256BlockSize - held;
    const size_t taken = size < room ? size : room;
    copy_bytes(pending_ + held, data, taken);
    data += taken;
    size -= taken;
    if (taken < room) return;
    kernel_->compress(state_, pending_, 1);
  }
  const size_t blocks = size / kSha256BlockSize;
  if (blocks != 0) kernel_->compress(state_, data, blocks);
  const size_t rest = size % kSha256BlockSize;
  if (rest != 0) copy_bytes(pending_, data + blocks * kSha256BlockSize, rest);
}

void Sha256::finish(uint8_t digest[PM_DIGEST_SIZE]) {
  uint8_t tail[2 * kSha256BlockSize] = {};
  const size_t held = length_ % kSha256BlockSize;
  copy_bytes(tail, pending_, held);
  tail[held] = 0x80;
  const size_t blocks = held < kSha256BlockSize - 8 ? 1 : 2;
  store_be64(tail + blocks * kSha256BlockSize - 8, length_ * 8);
  kernel_->compress(state_, tail, blocks);
  store_sha256_state(state_, digest);
}

}  // namespace proofmark::verify
