// SPDX-License-Identifier: Apache-2.0
//
// A key in a token, in the shape of every other key. The module runs in a worker (worker.h).
#pragma once

#include "proofmark/sign/key_source.h"

namespace proofmark::sign {

Result<std::unique_ptr<Signer>> open_pkcs11_signer(const std::string& uri, const KeyAccess& access);
// Needs no PIN where the token shows the public key to everyone.
Result<PublicKey> open_pkcs11_public_key(const std::string& uri, const KeyAccess& access);

}  // namespace proofmark::sign
