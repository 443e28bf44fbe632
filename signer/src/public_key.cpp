// SPDX-License-Identifier: Apache-2.0
//
// The public half of a key: its id, its raw form, and the forms in which it is handed on.
#include <mbedtls/ecp.h>
#include <mbedtls/pem.h>
#include <mbedtls/rsa.h>

#include <algorithm>

#include <fmt/format.h>

#include "foreign.h"
#include "hss_key.h"
#include "pk.h"
#include "proofmark/sign/digest.h"

namespace proofmark::sign {
namespace {

constexpr std::size_t kExponentSize = 4;

Result<void> take_rsa(const mbedtls_rsa_context& rsa, PublicKey& key, const std::string& path) {
  key.algorithm = PM_PS256;
  if (key.bits != 3072 && key.bits != 4096)
    return unknown(path, fmt::format("RSA key size not supported (expected 3072 or 4096 bits, found {})", key.bits),
                   "proofmark keygen makes a key that fits");
  const std::size_t modulus = key.bits / 8;
  key.raw.resize(modulus + kExponentSize);
  const int status = mbedtls_rsa_export_raw(&rsa, key.raw.data(), modulus, nullptr, 0, nullptr, 0, nullptr, 0,
                                            key.raw.data() + modulus, kExponentSize);
  if (status != 0) return unknown(path, "RSA public exponent not supported (expected at most 32 bits)");
  // Small exponents invite forgeries (FIPS 186-5 section 5.4), so no verifier takes them.
  constexpr std::uint32_t kLargestRefused = 65536;
  std::uint32_t exponent = 0;
  for (const std::uint8_t byte : ByteView(key.raw).last(kExponentSize)) exponent = exponent << 8 | byte;
  if (exponent <= kLargestRefused)
    return unknown(
        path, fmt::format("RSA public exponent too small (expected above {}, found {})", kLargestRefused, exponent));
  return {};
}

Result<void> take_curve(const mbedtls_ecp_keypair& pair, PublicKey& key, const std::string& path) {
  const mbedtls_ecp_group_id group = mbedtls_ecp_keypair_get_group_id(&pair);
  if (group != MBEDTLS_ECP_DP_SECP256R1 && group != MBEDTLS_ECP_DP_SECP384R1)
    return unknown(path, fmt::format("curve not supported (expected P-256 or P-384, found one of {} bits)", key.bits),
                   "proofmark keygen --alg es256 or es384 makes a key that fits");
  key.algorithm = group == MBEDTLS_ECP_DP_SECP256R1 ? PM_ES256 : PM_ES384;
  key.raw.resize(PM_KEY_P384_SIZE);
  std::size_t size = 0;
  const int status =
      mbedtls_ecp_write_public_key(&pair, MBEDTLS_ECP_PF_UNCOMPRESSED, &size, key.raw.data(), key.raw.size());
  key.raw.resize(size);
  if (status != 0) return unknown(path, "the public key cannot be exported", mbedtls_text(status));
  return {};
}

}  // namespace

Result<PublicKey> public_half(const mbedtls_pk_context& pk, bool test, const std::string& path) {
  PublicKey key;
  key.test = test;
  key.bits = mbedtls_pk_get_bitlen(&pk);
  Result<void> taken = unknown(path, "key type not supported (expected RSA-3072, RSA-4096, P-256 or P-384)");
  const mbedtls_pk_type_t type = mbedtls_pk_get_type(&pk);
  if (type == MBEDTLS_PK_RSA) taken = take_rsa(*mbedtls_pk_rsa(pk), key, path);
  if (type == MBEDTLS_PK_ECKEY) taken = take_curve(*mbedtls_pk_ec(pk), key, path);
  if (!taken) return tl::unexpected(taken.error());

  Bytes der(1024);
  const int size = mbedtls_pk_write_pubkey_der(&pk, der.data(), der.size());
  if (size < 0) return unknown(path, "the public key cannot be exported", mbedtls_text(size));
  key.spki.assign(der.end() - size, der.end());  // mbedTLS writes backwards, from the end of the buffer
  key.id = sha256(key.spki);
  return key;
}

Result<PublicKey> PublicKey::load(const std::filesystem::path& file, const std::string& passphrase) {
  auto pem = read_pem(file);
  if (!pem) return tl::unexpected(pem.error());
  if (is_private(*pem)) {
    auto key = PrivateKey::load(file, passphrase);
    if (!key) return tl::unexpected(key.error());
    return key->public_key();
  }
  const ByteView bytes(reinterpret_cast<const std::uint8_t*>(pem->data()), pem->size());
  if (looks_like_hss(bytes)) return public_key_from_hss(bytes, false, file.string());
  return public_key_from_pem(*pem, file.string());
}

std::string PublicKey::to_pem() const {
  constexpr const char *kBegin = "-----BEGIN PUBLIC KEY-----\n", *kEnd = "-----END PUBLIC KEY-----\n";
  std::string text(2048, '\0');
  std::size_t size = 0;
  mbedtls_pem_write_buffer(kBegin, kEnd, spki.data(), spki.size(), reinterpret_cast<unsigned char*>(text.data()),
                           text.size(), &size);
  text.resize(size > 0 ? size - 1 : 0);  // without the zero that mbedTLS counts
  return test ? std::string(kTestKeyLine) + "\n" + text : text;
}

pm_trust_key PublicKey::to_trust() const {
  pm_trust_key trust{};
  trust.algorithm = algorithm;
  trust.flags = PM_TRUST_KEY_ANY_BOARD | (test ? PM_TRUST_KEY_TEST : 0U);
  trust.roles = PM_ROLES_ALL & ~static_cast<std::uint32_t>(PM_ROLE_ROOT);
  std::copy(id.begin(), id.end(), trust.id);
  trust.size = static_cast<std::uint32_t>(raw.size());
  std::copy(raw.begin(), raw.end(), trust.key);
  return trust;
}

std::size_t PublicKey::signature_size() const {
  if (algorithm == PM_ES256) return PM_ES256_SIGNATURE_SIZE;
  if (algorithm == PM_ES384) return PM_ES384_SIGNATURE_SIZE;
  if (algorithm == PM_HSS_LMS) return hss_signature_size(hss_parameters(raw).value());
  return bits / 8;
}

std::string algorithm_name(int algorithm) {
  switch (algorithm) {
    case PM_PS256:
      return "ps256";
    case PM_ES256:
      return "es256";
    case PM_ES384:
      return "es384";
    case PM_HSS_LMS:
      return "hss-lms";
    default:
      return fmt::format("unknown ({})", algorithm);
  }
}

}  // namespace proofmark::sign
