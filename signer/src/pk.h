// SPDX-License-Identifier: Apache-2.0
//
// What the two halves of a key share: PEM text and the mbedTLS context.
#pragma once

#include <mbedtls/pk.h>

#include <filesystem>
#include <string>

#include "proofmark/sign/keys.h"

namespace proofmark::sign {

PkHandle new_pk();
Result<std::string> read_pem(const std::filesystem::path& file);
bool is_private(const std::string& pem);
bool is_encrypted(const std::string& pem);
bool is_test(const std::string& pem);
// "mbedTLS says: ..." for a hint.
std::string mbedtls_text(int status);
Result<PublicKey> public_half(const mbedtls_pk_context& pk, bool test, const std::string& path);

}  // namespace proofmark::sign
