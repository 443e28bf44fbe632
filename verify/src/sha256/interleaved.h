// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 by instructions that do four rounds at a time, whatever the CPU calls them. Included by one kernel each, which defines
// PM_KERNEL (the attribute that lets the compiler use its instructions) before, and a type `Cpu` in a nameless namespace:
//
//   Words                                       four words of the message schedule
//   State                                       the eight words of the state
//   State load_state(const uint32_t[8]), void store_state(State, uint32_t[8])
//   Words load_words(const uint8_t*)            four words of a block, from 16 bytes
//   Words next_words(Words, Words, Words, Words)   the next four of the schedule, from the sixteen before them (oldest first)
//   State four_rounds(State, Words, const uint32_t* constants)
//   State sum(State, State)
#pragma once

#include "../sha256.h"

#ifndef PM_KERNEL
#error "define PM_KERNEL before"
#endif
#define PM_UNROLL _Pragma("clang loop unroll(full)")

namespace proofmark::verify {

// One block of each of kStreams messages. One stream waits for the latency of its own rounds half of the time; a second one
// fills the gaps. The states are kept in local values: behind a pointer each round would be stored, and the next wait for it.
template <class Cpu, unsigned kStreams>
PM_KERNEL void compress_each(typename Cpu::State (&states)[kStreams], const uint8_t* const (&blocks)[kStreams]) {
  typename Cpu::State now[kStreams];
  typename Cpu::Words w[kStreams][4];
  PM_UNROLL for (unsigned i = 0; i < kStreams; ++i) now[i] = states[i];
  PM_UNROLL for (unsigned group = 0; group < 4; ++group) {
    PM_UNROLL for (unsigned i = 0; i < kStreams; ++i) {
      w[i][group] = Cpu::load_words(blocks[i] + 16 * group);
      now[i] = Cpu::four_rounds(now[i], w[i][group], kSha256RoundConstants + 4 * group);
    }
  }
  // Kept a loop: unrolled it is twice the code and not faster.
#pragma clang loop unroll(disable)
  for (unsigned round = 16; round < 64; round += 16) {
    PM_UNROLL for (unsigned group = 0; group < 4; ++group) {
      PM_UNROLL for (unsigned i = 0; i < kStreams; ++i) {
        w[i][group] = Cpu::next_words(w[i][group], w[i][(group + 1) % 4], w[i][(group + 2) % 4], w[i][(group + 3) % 4]);
        now[i] = Cpu::four_rounds(now[i], w[i][group], kSha256RoundConstants + round + 4 * group);
      }
    }
  }
  PM_UNROLL for (unsigned i = 0; i < kStreams; ++i) states[i] = Cpu::sum(states[i], now[i]);
}

// Sha256Kernel::compress.
template <class Cpu>
PM_KERNEL void compress(uint32_t words[8], const uint8_t* blocks, size_t count) {
  typename Cpu::State state[1] = {Cpu::load_state(words)};
  for (size_t i = 0; i < count; ++i) compress_each<Cpu, 1>(state, {blocks + i * kSha256BlockSize});
  Cpu::store_state(state[0], words);
}

// Sha256Kernel::hash_two_leaves.
template <class Cpu>
PM_KERNEL void hash_two_leaves(const uint8_t* leaves, uint8_t* digests) {
  const typename Cpu::State initial = Cpu::load_state(kSha256InitialState);
  typename Cpu::State states[2] = {initial, initial};
  for (size_t at = 0; at <= PM_BLOCK_SIZE; at += kSha256BlockSize) {
    // One place that compresses, because it is inlined.
    const bool padding = at == PM_BLOCK_SIZE;
    const uint8_t* one = padding ? kSha256LeafPadding.bytes : leaves + at;
    const uint8_t* two = padding ? one : one + PM_BLOCK_SIZE;
    compress_each<Cpu, 2>(states, {one, two});
  }
  for (size_t i = 0; i < 2; ++i) {
    uint32_t words[8];
    Cpu::store_state(states[i], words);
    store_sha256_state(words, digests + i * PM_DIGEST_SIZE);
  }
}

}  // namespace proofmark::verify
