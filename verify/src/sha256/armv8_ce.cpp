// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 with the cryptographic extension of ARMv8 (Arm ARM C7.2, SHA256H and its siblings), and the choice between it
// and the portable kernel by what the system says about the CPU.
#include <arm_neon.h>

#include <proofmark/port.h>

#include "../sha256.h"

#define PM_ARMV8_CE __attribute__((target("sha2")))
#define PM_UNROLL _Pragma("clang loop unroll(full)")

namespace proofmark::verify {
namespace {

struct State {
  uint32x4_t abcd;
  uint32x4_t efgh;
};

PM_ARMV8_CE State four_rounds(State state, uint32x4_t words, const uint32_t* constants) {
  const uint32x4_t sum = vaddq_u32(words, vld1q_u32(constants));
  return {vsha256hq_u32(state.abcd, state.efgh, sum), vsha256h2q_u32(state.efgh, state.abcd, sum)};
}

// Words 4g to 4g+3 of the message schedule, from the sixteen before them (oldest first).
PM_ARMV8_CE uint32x4_t next_words(uint32x4_t w0, uint32x4_t w1, uint32x4_t w2, uint32x4_t w3) {
  return vsha256su1q_u32(vsha256su0q_u32(w0, w1), w2, w3);
}

// One block of each of kStreams messages: each round waits for the one before it, and while one stream waits another works.
template <unsigned kStreams>
PM_ARMV8_CE void compress_each(State (&states)[kStreams], const uint8_t* const (&blocks)[kStreams]) {
  State now[kStreams];
  uint32x4_t w[kStreams][4];
  PM_UNROLL for (unsigned i = 0; i < kStreams; ++i) now[i] = states[i];
  PM_UNROLL for (unsigned group = 0; group < 4; ++group) {
    PM_UNROLL for (unsigned i = 0; i < kStreams; ++i) {
      w[i][group] = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(blocks[i] + 16 * group)));
      now[i] = four_rounds(now[i], w[i][group], kSha256RoundConstants + 4 * group);
    }
  }
#pragma clang loop unroll(disable)
  for (unsigned round = 16; round < 64; round += 16) {
    PM_UNROLL for (unsigned group = 0; group < 4; ++group) {
      PM_UNROLL for (unsigned i = 0; i < kStreams; ++i) {
        w[i][group] = next_words(w[i][group], w[i][(group + 1) % 4], w[i][(group + 2) % 4], w[i][(group + 3) % 4]);
        now[i] = four_rounds(now[i], w[i][group], kSha256RoundConstants + round + 4 * group);
      }
    }
  }
  PM_UNROLL for (unsigned i = 0; i < kStreams; ++i) {
    states[i].abcd = vaddq_u32(states[i].abcd, now[i].abcd);
    states[i].efgh = vaddq_u32(states[i].efgh, now[i].efgh);
  }
}

PM_ARMV8_CE void compress(uint32_t words[8], const uint8_t* blocks, size_t count) {
  State state[1] = {{vld1q_u32(words), vld1q_u32(words + 4)}};
  for (size_t i = 0; i < count; ++i) compress_each<1>(state, {blocks + i * kSha256BlockSize});
  vst1q_u32(words, state[0].abcd);
  vst1q_u32(words + 4, state[0].efgh);
}

PM_ARMV8_CE void hash_two_leaves(const uint8_t* leaves, uint8_t* digests) {
  const State initial = {vld1q_u32(kSha256InitialState), vld1q_u32(kSha256InitialState + 4)};
  State states[2] = {initial, initial};
  for (size_t at = 0; at <= PM_BLOCK_SIZE; at += kSha256BlockSize) {
    // One place that compresses, because it is inlined.
    const bool padding = at == PM_BLOCK_SIZE;
    const uint8_t* one = padding ? kSha256LeafPadding.bytes : leaves + at;
    const uint8_t* two = padding ? one : one + PM_BLOCK_SIZE;
    compress_each<2>(states, {one, two});
  }
  for (size_t i = 0; i < 2; ++i) {
    uint32_t words[8];
    vst1q_u32(words, states[i].abcd);
    vst1q_u32(words + 4, states[i].efgh);
    store_sha256_state(words, digests + i * PM_DIGEST_SIZE);
  }
}

constexpr Sha256Kernel kSha256Armv8Ce = {"armv8-ce", compress, hash_two_leaves};
constexpr uint64_t kHwcapSha2 = 1u << 6;  // HWCAP_SHA2 of the kernel's ABI, Documentation/arch/arm64/elf_hwcaps.rst

}  // namespace

const Sha256Kernel* choose_sha256_kernel() {
  return (pm_port_hwcap() & kHwcapSha2) != 0 ? &kSha256Armv8Ce : &kSha256Portable;
}

}  // namespace proofmark::verify
