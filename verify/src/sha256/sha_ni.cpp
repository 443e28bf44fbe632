// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 with the SHA extensions of amd64 (Intel SDM volume 2, SHA256RNDS2 and its siblings), and the choice between it
// and the portable kernel.
#include <cpuid.h>
#include <immintrin.h>

#include "../sha256.h"

#define PM_SHA_NI __attribute__((target("sha,sse4.1")))

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

PM_SHA_NI void four_rounds(State* state, __m128i words, unsigned group) {
  const __m128i sum = _mm_add_epi32(words, load(kSha256RoundConstants + 4 * group));
  state->cdgh = _mm_sha256rnds2_epu32(state->cdgh, state->abef, sum);
  state->abef = _mm_sha256rnds2_epu32(state->abef, state->cdgh, _mm_shuffle_epi32(sum, 0x0E));
}

PM_SHA_NI void compress_block(State* state, const uint8_t* block) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const State before = *state;
  __m128i w[4];
  for (unsigned group = 0; group < 4; ++group) {
    w[group] = _mm_shuffle_epi8(load(block + 16 * group), big_endian);
    four_rounds(state, w[group], group);
  }
#pragma clang loop unroll(full)
  for (unsigned group = 4; group < 16; ++group) {
    w[group % 4] = next_words(w[group % 4], w[(group + 1) % 4], w[(group + 2) % 4], w[(group + 3) % 4]);
    four_rounds(state, w[group % 4], group);
  }
  state->abef = _mm_add_epi32(state->abef, before.abef);
  state->cdgh = _mm_add_epi32(state->cdgh, before.cdgh);
}

PM_SHA_NI void compress(uint32_t words[8], const uint8_t* blocks, size_t count) {
  State state = load_state(words);
  for (size_t i = 0; i < count; ++i) compress_block(&state, blocks + i * kSha256BlockSize);
  store_state(state, words);
}

// The same for two blocks that do not depend on each other. One stream waits for the latency of its own rounds half of the
// time; the other fills the gaps.
PM_SHA_NI void compress_two_blocks(State* one, State* two, const uint8_t* block_one, const uint8_t* block_two) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const State before_one = *one;
  const State before_two = *two;
  __m128i v[4];
  __m128i w[4];
#pragma clang loop unroll(full)
  for (unsigned group = 0; group < 16; ++group) {
    if (group < 4) {
      v[group] = _mm_shuffle_epi8(load(block_one + 16 * group), big_endian);
      w[group] = _mm_shuffle_epi8(load(block_two + 16 * group), big_endian);
    } else {
      v[group % 4] = next_words(v[group % 4], v[(group + 1) % 4], v[(group + 2) % 4], v[(group + 3) % 4]);
      w[group % 4] = next_words(w[group % 4], w[(group + 1) % 4], w[(group + 2) % 4], w[(group + 3) % 4]);
    }
    four_rounds(one, v[group % 4], group);
    four_rounds(two, w[group % 4], group);
  }
  one->abef = _mm_add_epi32(one->abef, before_one.abef);
  one->cdgh = _mm_add_epi32(one->cdgh, before_one.cdgh);
  two->abef = _mm_add_epi32(two->abef, before_two.abef);
  two->cdgh = _mm_add_epi32(two->cdgh, before_two.cdgh);
}

PM_SHA_NI void hash_two_leaves(const uint8_t* leaves, uint8_t* digests) {
  State one = load_state(kSha256InitialState);
  State two = one;
  for (size_t at = 0; at < PM_BLOCK_SIZE; at += kSha256BlockSize) {
    compress_two_blocks(&one, &two, leaves + at, leaves + PM_BLOCK_SIZE + at);
  }
  compress_two_blocks(&one, &two, kSha256LeafPadding.bytes, kSha256LeafPadding.bytes);
  uint32_t words[8];
  store_state(one, words);
  store_sha256_state(words, digests);
  store_state(two, words);
  store_sha256_state(words, digests + PM_DIGEST_SIZE);
}

void hash_leaves(const uint8_t* leaves, size_t count, uint8_t* digests) {
  for (; count >= 2; count -= 2) {
    hash_two_leaves(leaves, digests);
    leaves += 2 * size_t{PM_BLOCK_SIZE};
    digests += 2 * size_t{PM_DIGEST_SIZE};
  }
  hash_leaves_one_by_one(compress, leaves, count, digests);
}

constexpr Sha256Kernel kSha256ShaNi = {"sha-ni", compress, hash_leaves};

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
