// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 with the SHA extensions of amd64 (Intel SDM volume 2, SHA256RNDS2 and its siblings), and the choice between it
// and the portable kernel.
#include <cpuid.h>
#include <immintrin.h>

#include "../sha256.h"

#define PM_SHA_NI __attribute__((target("sha,sse4.1")))
#define PM_UNROLL _Pragma("clang loop unroll(full)")

namespace proofmark::verify {
namespace {

// The instructions keep the eight words as two vectors, ABEF and CDGH.
struct State {
  __m128i abef;
  __m128i cdgh;
};

PM_SHA_NI __m128i load(const void* from) {
  return _mm_loadu_si128(static_cast<const __m128i*>(from));
}

PM_SHA_NI State load_state(const uint32_t words[8]) {
  const __m128i cdab = _mm_shuffle_epi32(load(words), 0xB1);
  const __m128i efgh = _mm_shuffle_epi32(load(words + 4), 0x1B);
  return {_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xF0)};
}

PM_SHA_NI void store_state(State state, uint32_t words[8]) {
  const __m128i feba = _mm_shuffle_epi32(state.abef, 0x1B);
  const __m128i dchg = _mm_shuffle_epi32(state.cdgh, 0xB1);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(words), _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(words + 4), _mm_alignr_epi8(dchg, feba, 8));
}

// Words 4g to 4g+3 of the message schedule, from the sixteen before them (oldest first).
PM_SHA_NI __m128i next_words(__m128i w0, __m128i w1, __m128i w2, __m128i w3) {
  const __m128i partial = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));
  return _mm_sha256msg2_epu32(partial, w3);
}

PM_SHA_NI State four_rounds(State state, __m128i words, const uint32_t* constants) {
  const __m128i sum = _mm_add_epi32(words, load(constants));
  state.cdgh = _mm_sha256rnds2_epu32(state.cdgh, state.abef, sum);
  state.abef = _mm_sha256rnds2_epu32(state.abef, state.cdgh, _mm_shuffle_epi32(sum, 0x0E));
  return state;
}

// One block of each of kStreams messages. One stream waits for the latency of its own rounds half of the time; a second one
// fills the gaps. The states are kept in local values: behind a pointer each round would be stored, and the next wait for it.
template <unsigned kStreams>
PM_SHA_NI void compress_each(State (&states)[kStreams], const uint8_t* const (&blocks)[kStreams]) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  State now[kStreams];
  __m128i w[kStreams][4];
  PM_UNROLL for (unsigned i = 0; i < kStreams; ++i) now[i] = states[i];
  PM_UNROLL for (unsigned group = 0; group < 4; ++group) {
    PM_UNROLL for (unsigned i = 0; i < kStreams; ++i) {
      w[i][group] = _mm_shuffle_epi8(load(blocks[i] + 16 * group), big_endian);
      now[i] = four_rounds(now[i], w[i][group], kSha256RoundConstants + 4 * group);
    }
  }
  // Kept a loop: unrolled it is twice the code and not faster.
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
    states[i].abef = _mm_add_epi32(states[i].abef, now[i].abef);
    states[i].cdgh = _mm_add_epi32(states[i].cdgh, now[i].cdgh);
  }
}

PM_SHA_NI void compress(uint32_t words[8], const uint8_t* blocks, size_t count) {
  State state[1] = {load_state(words)};
  for (size_t i = 0; i < count; ++i) compress_each<1>(state, {blocks + i * kSha256BlockSize});
  store_state(state[0], words);
}

PM_SHA_NI void hash_two_leaves(const uint8_t* leaves, uint8_t* digests) {
  const State initial = load_state(kSha256InitialState);
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
    store_state(states[i], words);
    store_sha256_state(words, digests + i * PM_DIGEST_SIZE);
  }
}

constexpr Sha256Kernel kSha256ShaNi = {"sha-ni", compress, hash_two_leaves};

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
