// SPDX-License-Identifier: Apache-2.0
//
// The passphrase around a private key: EncryptedPrivateKeyInfo of PKCS #8 with PBES2 (RFC 8018). mbedTLS reads it and does not
// write it.
#pragma once

#include <string>

#include "proofmark/sign/error.h"

namespace proofmark::sign {

// `info` is a DER PrivateKeyInfo. PBKDF2 with HMAC-SHA-256 and a fresh salt, AES-256-CBC: what openssl and every other tool
// opens.
Result<Bytes> encrypt_pkcs8(ByteView info, const std::string& passphrase);

}  // namespace proofmark::sign
