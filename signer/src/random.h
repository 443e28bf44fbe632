// SPDX-License-Identifier: Apache-2.0
//
// Real randomness, for making keys and for blinding. Signatures do not depend on it.
#pragma once

#include <cstddef>

namespace proofmark::sign {

// The signature that mbedTLS wants; `context` is not used. Returns 0, or an mbedTLS error.
int random_bytes(void* context, unsigned char* out, std::size_t size);

}  // namespace proofmark::sign
