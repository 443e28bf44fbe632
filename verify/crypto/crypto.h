// SPDX-License-Identifier: Apache-2.0
//
// The seam between the core and whoever checks signatures. The core decides what is hashed and which key and algorithm
// count; the library behind this seam sees a digest, a key and a signature, and never a file. Replacing mbedTLS means
// replacing crypto_mbedtls.cpp.
#pragma once

#include <proofmark/verify.h>

namespace proofmark::verify {

// kGood is far from zero and from every error code: no forgotten branch and no library failure turns into it.
enum class [[nodiscard]] CryptoResult : uint32_t {
  kFailed = 0,      // the library could not tell: out of memory, unusable key
  kWrong = 0x3C0F,  // the signature is not one of this key over this digest
  kGood = 0x5AC3963C,
};

// Checks `signature` by `key` over `digest`, the hash that the key's algorithm demands (32 or 48 bytes). The sizes of key
// and signature fit the algorithm; the caller has checked that.
CryptoResult crypto_verify(const pm_trust_key& key, pm_bytes digest, pm_bytes signature);

// SHA-384 of the concatenation of `count` pieces. False when the library failed.
[[nodiscard]] bool crypto_sha384(const pm_bytes* pieces, size_t count, uint8_t digest[48]);

}  // namespace proofmark::verify
