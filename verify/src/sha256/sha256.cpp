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

void hash_leaves(const Sha256Kernel& kernel, const uint8_t* leaves, size_t count, uint8_t* digests) {
  for (; count >= 2 && kernel.hash_two_leaves != nullptr; count -= 2) {
    kernel.hash_two_leaves(leaves, digests);
    leaves += 2 * size_t{PM_BLOCK_SIZE};
    digests += 2 * size_t{PM_DIGEST_SIZE};
  }
  for (; count > 0; --count) {
    uint32_t state[8];
    copy_bytes(state, kSha256InitialState, sizeof state);
    kernel.compress(state, leaves, PM_BLOCK_SIZE / kSha256BlockSize);
    kernel.compress(state, kSha256LeafPadding.bytes, 1);
    store_sha256_state(state, digests);
    leaves += PM_BLOCK_SIZE;
    digests += PM_DIGEST_SIZE;
  }
}

bool is_correct(const Sha256Kernel& kernel, uint8_t leaves[kTestLeaves * PM_BLOCK_SIZE]) {
  constexpr uint8_t kExpected[PM_DIGEST_SIZE] = {0x7c, 0xad, 0x7f, 0x03, 0x52, 0xf8, 0xac, 0x04, 0x0e, 0xcf, 0x47,
                                                 0x7d, 0x5c, 0xbd, 0x9b, 0x2b, 0x28, 0x83, 0x2a, 0x4c, 0x11, 0x41,
                                                 0xcc, 0xd4, 0x36, 0x02, 0xfc, 0xaa, 0x7b, 0x4c, 0x74, 0xcc};
  for (size_t i = 0; i < kTestLeaves * PM_BLOCK_SIZE; ++i) leaves[i] = static_cast<uint8_t>(i * 167);
  uint8_t digests[kTestLeaves * PM_DIGEST_SIZE];
  hash_leaves(kernel, leaves, kTestLeaves, digests);
  bool correct = true;
  for (size_t i = 0; i < sizeof digests; ++i) correct = correct && digests[i] == kExpected[i % PM_DIGEST_SIZE];
  return correct;
}

const Sha256Kernel* choose_tested_sha256_kernel(uint8_t leaves[kTestLeaves * PM_BLOCK_SIZE]) {
  const Sha256Kernel* kernel = choose_sha256_kernel();
  return kernel == &kSha256Portable || is_correct(*kernel, leaves) ? kernel : &kSha256Portable;
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
