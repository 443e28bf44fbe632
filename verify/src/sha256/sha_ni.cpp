// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 with the SHA extensions of amd64 (Intel SDM volume 2, SHA256RNDS2 and its siblings), and the choice between it
// and the portable kernel.
#include <cpuid.h>
#include <immintrin.h>

#define PM_KERNEL __attribute__((target("sha,sse4.1")))
#include "interleaved.h"

namespace proofmark::verify {
namespace {

struct Cpu {
  using Words = __m128i;
  // The instructions keep the eight words as two vectors, ABEF and CDGH.
  struct State {
    __m128i abef;
    __m128i cdgh;
  };

  PM_KERNEL static __m128i load(const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); }

  PM_KERNEL static State load_state(const uint32_t words[8]) {
    const __m128i cdab = _mm_shuffle_epi32(load(words), 0xB1);
    const __m128i efgh = _mm_shuffle_epi32(load(words + 4), 0x1B);
    return {_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xF0)};
  }

  PM_KERNEL static void store_state(State state, uint32_t words[8]) {
    const __m128i feba = _mm_shuffle_epi32(state.abef, 0x1B);
    const __m128i dchg = _mm_shuffle_epi32(state.cdgh, 0xB1);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(words), _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(words + 4), _mm_alignr_epi8(dchg, feba, 8));
  }

  PM_KERNEL static Words load_words(const uint8_t* bytes) {
    return _mm_shuffle_epi8(load(bytes), _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203));
  }

  PM_KERNEL static Words next_words(Words w0, Words w1, Words w2, Words w3) {
    const __m128i partial = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));
    return _mm_sha256msg2_epu32(partial, w3);
  }

  PM_KERNEL static State four_rounds(State state, Words words, const uint32_t* constants) {
    const __m128i sum = _mm_add_epi32(words, load(constants));
    state.cdgh = _mm_sha256rnds2_epu32(state.cdgh, state.abef, sum);
    state.abef = _mm_sha256rnds2_epu32(state.abef, state.cdgh, _mm_shuffle_epi32(sum, 0x0E));
    return state;
  }

  PM_KERNEL static State sum(State one, State two) {
    return {_mm_add_epi32(one.abef, two.abef), _mm_add_epi32(one.cdgh, two.cdgh)};
  }
};

constexpr Sha256Kernel kSha256ShaNi = {"sha-ni", compress<Cpu>, hash_two_leaves<Cpu>};

// Two CPUID instructions and no more: each of them traps in a virtual machine. Every CPU with SSE4.1 has leaf 7.
bool has_sha_extensions() {
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t c = 0;
  uint32_t d = 0;
  __cpuid(1, a, b, c, d);
  if ((c & bit_SSE4_1) == 0 || (c & bit_SSSE3) == 0) return false;
  __cpuid_count(7, 0, a, b, c, d);
  return (b & bit_SHA) != 0;
}

}  // namespace

const Sha256Kernel* choose_sha256_kernel() {
  return has_sha_extensions() ? &kSha256ShaNi : &kSha256Portable;
}

}  // namespace proofmark::verify
