// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 with the cryptographic extension of ARMv8 (Arm ARM C7.2, SHA256H and its siblings), and the choice between it
// and the portable kernel by what the system says about the CPU.
#include <arm_neon.h>

#include <proofmark/port.h>

#define PM_KERNEL __attribute__((target("sha2")))
#include "interleaved.h"

namespace proofmark::verify {
namespace {

struct Cpu {
  using Words = uint32x4_t;
  struct State {
    uint32x4_t abcd;
    uint32x4_t efgh;
  };

  PM_KERNEL static State load_state(const uint32_t words[8]) { return {vld1q_u32(words), vld1q_u32(words + 4)}; }

  PM_KERNEL static void store_state(State state, uint32_t words[8]) {
    vst1q_u32(words, state.abcd);
    vst1q_u32(words + 4, state.efgh);
  }

  PM_KERNEL static Words load_words(const uint8_t* bytes) { return vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(bytes))); }

  PM_KERNEL static Words next_words(Words w0, Words w1, Words w2, Words w3) {
    return vsha256su1q_u32(vsha256su0q_u32(w0, w1), w2, w3);
  }

  PM_KERNEL static State four_rounds(State state, Words words, const uint32_t* constants) {
    const uint32x4_t sum = vaddq_u32(words, vld1q_u32(constants));
    return {vsha256hq_u32(state.abcd, state.efgh, sum), vsha256h2q_u32(state.efgh, state.abcd, sum)};
  }

  PM_KERNEL static State sum(State one, State two) {
    return {vaddq_u32(one.abcd, two.abcd), vaddq_u32(one.efgh, two.efgh)};
  }
};

constexpr Sha256Kernel kSha256Armv8Ce = {"armv8-ce", compress<Cpu>, hash_two_leaves<Cpu>};
constexpr uint64_t kHwcapSha2 = 1u << 6;  // HWCAP_SHA2 of the kernel's ABI, Documentation/arch/arm64/elf_hwcaps.rst

}  // namespace

const Sha256Kernel* choose_sha256_kernel() {
  return (pm_port_hwcap() & kHwcapSha2) != 0 ? &kSha256Armv8Ce : &kSha256Portable;
}

}  // namespace proofmark::verify
