// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 (FIPS 180-4). The streaming part is common; the block functions come from a table that is chosen once per
// verification by what the CPU can do, because hashing is nearly all of the time a verification takes.
#pragma once

#include "bytes.h"

namespace proofmark::verify {

constexpr size_t kSha256BlockSize = 64;

// One implementation of the inner loops.
struct Sha256Kernel {
  const char* name;  // "portable", "sha-ni", "armv8-ce"

  // Mixes `count` blocks of 64 bytes into the state.
  void (*compress)(uint32_t state[8], const uint8_t* blocks, size_t count);

  // Complete digests of two blocks of PM_BLOCK_SIZE bytes that lie behind each other, 32 bytes each. Separate from `compress`
  // because blocks that do not depend on each other can be hashed interleaved. NULL where nothing is gained by it.
  void (*hash_two_leaves)(const uint8_t* leaves, uint8_t* digests);
};

extern const Sha256Kernel kSha256Portable;

// The fastest kernel of this CPU. Looks at the CPU each time it is called: call it once per verification.
[[nodiscard]] const Sha256Kernel* choose_sha256_kernel();

class Sha256 {
 public:
  void start(const Sha256Kernel* kernel);
  void update(const uint8_t* data, size_t size);
  void update(Bytes bytes) { update(bytes.data, bytes.size); }
  void finish(uint8_t digest[PM_DIGEST_SIZE]);

 private:
  const Sha256Kernel* kernel_;
  uint32_t state_[8];
  uint64_t length_;
  uint8_t pending_[kSha256BlockSize];
};

// The initial hash value, FIPS 180-4 section 5.3.3, for kernels that keep their own state.
extern const uint32_t kSha256InitialState[8];

// The round constants, FIPS 180-4 section 4.2.2.
extern const uint32_t kSha256RoundConstants[64];

// Padding of a message of PM_BLOCK_SIZE bytes, a block of its own: 0x80, zeros, length in bits.
struct Sha256Block {
  uint8_t bytes[kSha256BlockSize];
};
extern const Sha256Block kSha256LeafPadding;

void store_sha256_state(const uint32_t state[8], uint8_t digest[PM_DIGEST_SIZE]);

// Complete digests of `count` independent blocks of PM_BLOCK_SIZE bytes, 32 bytes each.
void hash_leaves(const Sha256Kernel& kernel, const uint8_t* leaves, size_t count, uint8_t* digests);

// The known-answer test: does the kernel find the digest that it must? Three leaves, so that both functions of the kernel are
// tried. `leaves` is overwritten.
constexpr size_t kTestLeaves = 3;
[[nodiscard]] bool is_correct(const Sha256Kernel& kernel, uint8_t leaves[kTestLeaves * PM_BLOCK_SIZE]);

// The same as choose_sha256_kernel(), but the CPU's instructions are only believed in after that test: a hypervisor or an emulator
// may offer instructions that it gets wrong. 5 us.
[[nodiscard]] const Sha256Kernel* choose_tested_sha256_kernel(uint8_t leaves[kTestLeaves * PM_BLOCK_SIZE]);

}  // namespace proofmark::verify
