// SPDX-License-Identifier: Apache-2.0
//
// EMSA-PSS-ENCODE, RFC 8017 section 9.1.1. mbedTLS can only draw salt and blinding from one generator, so a repeatable
// salt would mean repeatable blinding; encoding here leaves the blinding random.
#include "pss.h"

#include <algorithm>
#include <string_view>

#include <mbedtls/platform_util.h>

#include "proofmark/sign/digest.h"
#include "random.h"

namespace proofmark::sign {
namespace {

// MGF1 with SHA-256 (RFC 8017 appendix B.2.1), exclusive-ored over `block`.
void mask(std::span<std::uint8_t> block, const Digest& seed) {
  for (std::uint32_t counter = 0; !block.empty(); ++counter) {
    Sha256 hash;
    hash.update(seed);
    const std::array<std::uint8_t, 4> number = {
        static_cast<std::uint8_t>(counter >> 24), static_cast<std::uint8_t>(counter >> 16),
        static_cast<std::uint8_t>(counter >> 8), static_cast<std::uint8_t>(counter)};
    hash.update(number);
    const Digest stream = hash.finish();
    const std::size_t step = std::min(block.size(), stream.size());
    for (std::size_t i = 0; i < step; ++i) block[i] ^= stream[i];
    block = block.subspan(step);
  }
}

// EM = maskedDB || H || 0xbc for a modulus whose size is a whole number of bytes, so that one top bit is cleared.
Bytes encode(const Digest& digest, const Digest& salt, std::size_t size) {
  constexpr std::array<std::uint8_t, 8> kPadding{};
  Sha256 hash;
  hash.update(kPadding);
  hash.update(digest);
  hash.update(salt);
  const Digest h = hash.finish();

  Bytes encoded(size, 0);
  const std::size_t db_size = size - h.size() - 1;
  encoded[db_size - salt.size() - 1] = 0x01;
  std::copy(salt.begin(), salt.end(), encoded.begin() + static_cast<std::ptrdiff_t>(db_size - salt.size()));
  mask(std::span(encoded).first(db_size), h);
  encoded[0] &= 0x7f;
  std::copy(h.begin(), h.end(), encoded.begin() + static_cast<std::ptrdiff_t>(db_size));
  encoded.back() = 0xbc;
  return encoded;
}

int make_salt(const mbedtls_rsa_context& key, const Digest& digest, Digest& salt) {
  constexpr std::string_view kPurpose = "proofmark PS256 salt, version 1";
  Bytes exponent(mbedtls_rsa_get_len(&key));
  const int status =
      mbedtls_rsa_export_raw(&key, nullptr, 0, nullptr, 0, nullptr, 0, exponent.data(), exponent.size(), nullptr, 0);
  if (status == 0) {
    // Two steps, so that the private exponent keys nothing but this one derivation.
    const Digest secret =
        hmac_sha256(exponent, {reinterpret_cast<const std::uint8_t*>(kPurpose.data()), kPurpose.size()});
    salt = hmac_sha256(secret, digest);
  }
  mbedtls_platform_zeroize(exponent.data(), exponent.size());
  return status;
}

}  // namespace

int pss_sign(mbedtls_rsa_context& key, const Digest& digest, Bytes& signature) {
  Digest salt{};
  if (const int status = make_salt(key, digest, salt); status != 0) return status;
  const Bytes encoded = encode(digest, salt, mbedtls_rsa_get_len(&key));
  signature.resize(encoded.size());
  return mbedtls_rsa_private(&key, random_bytes, nullptr, encoded.data(), signature.data());
}

}  // namespace proofmark::sign
