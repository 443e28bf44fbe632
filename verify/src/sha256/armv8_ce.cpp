// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 with the cryptographic extension of ARMv8 (Arm ARM C7.2, SHA256H and its siblings), and the choice between it
// and the portable kernel by what the system says about the CPU.
#include <arm_neon.h>

#include <proofmark/port.h>

#include "../sha256.h"

#define PM_ARMV8_CE __attribute__((target("sha2")))

namespace proofmark::verify {
namespace {

struct State {
  uint32x4_t abcd;
  uint32x4_t efgh;
};

PM_ARMV8_CE void four_rounds(State* state, uint32x4_t words, unsigned group) {
  const uint32x4_t sum = vaddq_u32(words, vld1q_u32(kSha256RoundConstants + 4 * group));
  const uint32x4_t abcd = state->abcd;
  state->abcd = vsha256hq_u32(abcd, state->efgh, sum);
  state->efgh = vsha256h2q_u32(state->efgh, abcd, sum);
}

// Words 4g to 4g+3 of the message schedule, from the sixteen before them (oldest first).
PM_ARMV8_CE uint32x4_t next_words(uint32x4_t w0, uint32x4_t w1, uint32x4_t w2, uint32x4_t w3) {
  return vsha256su1q_u32(vsha256su0q_u32(w0, w1), w2, w3);
}

PM_ARMV8_CE void compress_block(State* state, const uint8_t* block) {
  const State before = *state;
  uint32x4_t w[4];
  for (unsigned group = 0; group < 4; ++group) {
    w[group] = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(block + 16 * group)));
    four_rounds(state, w[group], group);
  }
#pragma clang loop unroll(full)
  for (unsigned group = 4; group < 16; ++group) {
    w[group % 4] = next_words(w[group % 4], w[(group + 1) % 4], w[(group + 2) % 4], w[(group + 3) % 4]);
    four_rounds(state, w[group % 4], group);
  }
  state->abcd = vaddq_u32(state->abcd, before.abcd);
  state->efgh = vaddq_u32(state->efgh, before.efgh);
}

PM_ARMV8_CE void compress(uint32_t words[8], const uint8_t* blocks, size_t count) {
  State state = {vld1q_u32(words), vld1q_u32(words + 4)};
  for (size_t i = 0; i < count; ++i) compress_block(&state, blocks + i * kSha256BlockSize);
  vst1q_u32(words, state.abcd);
  vst1q_u32(words + 4, state.efgh);
}

void hash_leaves(const uint8_t* leaves, size_t count, uint8_t* digests) {
  hash_leaves_one_by_one(compress, leaves, count, digests);
}

constexpr Sha256Kernel kSha256Armv8Ce = {"armv8-ce", compress, hash_leaves};
constexpr uint64_t kHwcapSha2 = 1u << 6;  // HWCAP_SHA2 of the kernel's ABI, Documentation/arch/arm64/elf_hwcaps.rst

}  // namespace

const Sha256Kernel* choose_sha256_kernel() {
  return (pm_port_hwcap() & kHwcapSha2) != 0 ? &kSha256Armv8Ce : &kSha256Portable;
}

}  // namespace proofmark::verify
