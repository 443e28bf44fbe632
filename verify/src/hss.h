// SPDX-License-Identifier: Apache-2.0
//
// HSS/LMS, the hash-based signatures of RFC 8554, over our own SHA-256: the library behind crypto.h knows one of the
// parameter sets, devices meet all of them. Also the sets with hashes of 24 bytes, SHA-256/192 (RFC 9858), which NIST SP
// 800-208 approves and CNSA 2.0 recommends. Verification only: a signer has state that must never be copied or restored,
// which nothing here could keep.
#pragma once

#include "../crypto/crypto.h"
#include "sha256.h"

namespace proofmark::verify {

// A public key of one to eight levels, with parameter sets that are known and fit each other.
[[nodiscard]] bool is_hss_key(Bytes key);

// Checks `signature` by `key`, for which is_hss_key() holds, over the concatenation of `count` pieces. Constant memory;
// time is bounded by eight levels of 265 chains of at most 255 hashes and 25 tree nodes.
CryptoResult verify_hss(const Sha256Kernel* kernel, Bytes key, const Bytes* pieces, size_t count, Bytes signature);

}  // namespace proofmark::verify
