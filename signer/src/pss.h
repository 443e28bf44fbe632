// SPDX-License-Identifier: Apache-2.0
//
// RSASSA-PSS with a deterministic salt.
#pragma once

#include <mbedtls/rsa.h>

#include "proofmark/sign/error.h"

namespace proofmark::sign {

// Signs `digest` (SHA-256) by RSASSA-PSS, MGF1 SHA-256, salt of 32 bytes. The salt is a pseudo-random function of key and
// digest, so equal input gives equal output while nobody without the key can tell the salt from a random one; RFC 8017
// section 9.1 allows any salt. Returns 0 or an mbedTLS error; `signature` gets the size of the modulus.
int pss_sign(mbedtls_rsa_context& key, const Digest& digest, Bytes& signature);

}  // namespace proofmark::sign
