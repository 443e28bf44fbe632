// SPDX-License-Identifier: Apache-2.0
//
// The memory of the minimal mbedTLS: one static arena of a published size with a first-fit allocator. Freed memory is
// zeroed at once. One verification at a time; between verifications the arena is empty.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace proofmark::verify {

// A test measures that every algorithm stays below three quarters of it.
constexpr size_t kCryptoArenaSize = 16 * 1024;

// Bytes in use now, and the most that were ever in use, headers included.
[[nodiscard]] size_t arena_used();
[[nodiscard]] size_t arena_peak();

}  // namespace proofmark::verify
