// SPDX-License-Identifier: Apache-2.0
//
// The padding of PS256: EMSA-PSS-VERIFY of RFC 8017 section 9.1.2 with SHA-256, MGF1 with SHA-256 and a salt of exactly 32
// bytes. Ours, because the library's own would bring a second SHA-256 and its dispatch along, 3 KB on a device.
#pragma once

#include <proofmark/verify.h>

namespace proofmark::verify {

// True when the `size` bytes of `encoded`, the signature raised to the public exponent, encode `digest`. The modulus has
// 8 * size bits. `encoded` is used up.
[[nodiscard]] bool check_pss(uint8_t* encoded, size_t size, const uint8_t digest[PM_DIGEST_SIZE]);

}  // namespace proofmark::verify
