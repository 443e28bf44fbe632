// SPDX-License-Identifier: Apache-2.0
//
// Key pairs for tests, made when first asked for and signed with by the full mbedTLS. Nothing here is the signer's code:
// tests of the verifier must not share a mistake with it.
#pragma once

#include <proofmark/verify.h>

namespace proofmark::verify_test {

enum class KeyName { kRsa3072, kRsa4096, kP256, kP256Other, kP384, kHss };

// The public half, with an id made of the key's own bytes; it may sign programs for every board. The same object at every
// call.
const pm_trust_key& public_key(KeyName name);

// Signs `message` raw, as in a mark. Returns the number of bytes stored in `signature` (PM_SIGNATURE_MAX_SIZE of room).
size_t sign_message(KeyName name, pm_bytes message, uint8_t* signature);

}  // namespace proofmark::verify_test
