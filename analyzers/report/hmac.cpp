// SPDX-License-Identifier: Apache-2.0
//
// HMAC-SHA256 over nettle.
#include "report/hmac.h"

#include <array>

#include <nettle/base16.h>
#include <nettle/hmac.h>
#include <nettle/memops.h>

namespace proofmark::report {
namespace {

const std::uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

std::string hmac_sha256_hex(std::string_view secret, std::string_view message) {
  hmac_sha256_ctx context;
  hmac_sha256_set_key(&context, secret.size(), bytes_of(secret));
  hmac_sha256_update(&context, message.size(), bytes_of(message));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest;
  hmac_sha256_digest(&context, digest.size(), digest.data());
  std::string hex(BASE16_ENCODE_LENGTH(digest.size()), '\0');
  base16_encode_update(hex.data(), digest.size(), digest.data());
  return hex;
}

bool is_same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && nettle_memeql_sec(a.data(), b.data(), a.size()) != 0;
}

}  // namespace proofmark::report
