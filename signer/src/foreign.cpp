// SPDX-License-Identifier: Apache-2.0
//
// See foreign.h.
#include "foreign.h"

#include <mbedtls/asn1.h>
#include <mbedtls/pem.h>
#include <mbedtls/rsa.h>
#include <mbedtls/sha512.h>

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "hss_key.h"
#include "pk.h"
#include "proofmark/sign/digest.h"

namespace proofmark::sign {
namespace {

using Pointer = unsigned char*;

// mbedTLS reads through pointers to what is not const, and leaves it as it is.
Pointer start_of(ByteView bytes) {
  return const_cast<Pointer>(bytes.data());
}

// The content of the next element, which must have this tag, and steps behind it.
std::optional<ByteView> next_element(ByteView& in, int tag) {
  Pointer at = start_of(in);
  const Pointer end = at + in.size();
  std::size_t size = 0;
  if (mbedtls_asn1_get_tag(&at, end, &size, tag) != 0) return std::nullopt;
  const ByteView content(at, size);
  in = ByteView(at + size, static_cast<std::size_t>(end - at) - size);
  return content;
}

constexpr int kSequence = MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE;

// Certificate { tbs { [0] version?, serial, algorithm, issuer, validity, subject, SubjectPublicKeyInfo ... } ... }
std::optional<ByteView> spki_of_certificate(ByteView der) {
  const auto certificate = next_element(der, kSequence);
  if (!certificate) return std::nullopt;
  ByteView outer = *certificate;
  const auto tbs = next_element(outer, kSequence);
  if (!tbs) return std::nullopt;
  ByteView in = *tbs;
  constexpr int kVersion = MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_CONTEXT_SPECIFIC;
  if (!in.empty() && in[0] == kVersion && !next_element(in, kVersion)) return std::nullopt;
  if (!next_element(in, MBEDTLS_ASN1_INTEGER)) return std::nullopt;
  for (int skipped = 0; skipped < 4; ++skipped)
    if (!next_element(in, kSequence)) return std::nullopt;
  const Pointer start = start_of(in);
  if (!next_element(in, kSequence)) return std::nullopt;
  return ByteView(start, static_cast<std::size_t>(start_of(in) - start));
}

Result<Bytes> der_of_pem(const std::string& pem, const char* title, const std::string& path) {
  mbedtls_pem_context context;
  mbedtls_pem_init(&context);
  std::size_t used = 0;
  const std::string begin = fmt::format("-----BEGIN {}-----", title), end = fmt::format("-----END {}-----", title);
  const int status = mbedtls_pem_read_buffer(&context, begin.c_str(), end.c_str(),
                                             reinterpret_cast<const unsigned char*>(pem.c_str()), nullptr, 0, &used);
  Bytes der;
  if (status == 0) {
    std::size_t size = 0;
    const unsigned char* bytes = mbedtls_pem_get_buffer(&context, &size);
    der.assign(bytes, bytes + size);
  }
  mbedtls_pem_free(&context);
  if (status != 0)
    return unknown(path, "not a public key in PEM (expected -----BEGIN PUBLIC KEY-----)", mbedtls_text(status));
  return der;
}

// Ecdsa-Sig-Value (RFC 3279 section 2.2.3) as two numbers of `half` bytes.
std::optional<Bytes> raw_ecdsa(ByteView der, std::size_t half) {
  const auto sequence = next_element(der, kSequence);
  if (!sequence || !der.empty()) return std::nullopt;
  ByteView in = *sequence;
  Bytes raw(2 * half);
  for (const std::size_t offset : {std::size_t{0}, half}) {
    auto value = next_element(in, MBEDTLS_ASN1_INTEGER);
    if (!value) return std::nullopt;
    while (value->size() > 1 && value->front() == 0) value = value->subspan(1);
    if (value->size() > half) return std::nullopt;
    std::copy(value->begin(), value->end(), raw.begin() + static_cast<std::ptrdiff_t>(offset + half - value->size()));
  }
  return in.empty() ? std::optional<Bytes>(std::move(raw)) : std::nullopt;
}

// What a signature of the key looks like, for people.
std::string signature_form(const PublicKey& key) {
  if (key.algorithm == PM_PS256) return fmt::format("{} bytes", key.signature_size());
  if (key.algorithm == PM_HSS_LMS) return "raw, as in RFC 8554 section 6.2";
  return fmt::format("{} bytes raw or DER", key.signature_size());
}

bool is_good(const PublicKey& key, ByteView message, ByteView signature) {
  const pm_trust_key trusted = key.to_trust();
  return pm_check_signature(&trusted, {message.data(), message.size()}, {signature.data(), signature.size()}) == 0;
}

}  // namespace

Result<PublicKey> public_key_from_rsa(ByteView modulus, ByteView exponent, bool test, const std::string& path) {
  const PkHandle pk = new_pk();
  int status = mbedtls_pk_setup(pk.get(), mbedtls_pk_info_from_type(MBEDTLS_PK_RSA));
  if (status == 0)
    status = mbedtls_rsa_import_raw(mbedtls_pk_rsa(*pk), modulus.data(), modulus.size(), nullptr, 0, nullptr, 0,
                                    nullptr, 0, exponent.data(), exponent.size());
  if (status == 0) status = mbedtls_rsa_complete(mbedtls_pk_rsa(*pk));
  if (status != 0) return unknown(path, "the RSA public key is malformed", mbedtls_text(status));
  return public_half(*pk, test, path);
}

Result<PublicKey> public_key_from_point(pm_algorithm algorithm, ByteView point, bool test, const std::string& path) {
  const std::size_t size = algorithm == PM_ES256 ? std::size_t{PM_KEY_P256_SIZE} : std::size_t{PM_KEY_P384_SIZE};
  if (point.size() != size)
    return unknown(
        path, fmt::format("the EC public key has the wrong size (expected {} bytes, found {})", size, point.size()));
  // SEQUENCE { SEQUENCE { id-ecPublicKey, curve }, BIT STRING }, all lengths below 128.
  static const Bytes kP256 = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
                              0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00};
  static const Bytes kP384 = {0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02,
                              0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00};
  Bytes spki = algorithm == PM_ES256 ? kP256 : kP384;
  spki.insert(spki.end(), point.begin(), point.end());
  return public_key_from_spki(spki, test, path);
}

Result<PublicKey> public_key_from_spki(ByteView spki, bool test, const std::string& path) {
  if (const auto hss = hss_of_spki(spki)) return public_key_from_hss(*hss, test, path);
  const PkHandle pk = new_pk();
  const int status = mbedtls_pk_parse_public_key(pk.get(), spki.data(), spki.size());
  if (status != 0)
    return unknown(path, "not a public key in PEM (expected -----BEGIN PUBLIC KEY-----)", mbedtls_text(status));
  return public_half(*pk, test, path);
}

Result<PublicKey> public_key_from_certificate(ByteView der, bool test, const std::string& path) {
  const auto spki = spki_of_certificate(der);
  if (!spki) return unknown(path, "not a certificate (X.509)");
  return public_key_from_spki(*spki, test, path);
}

Result<PublicKey> public_key_from_pem(const std::string& pem, const std::string& path) {
  const bool certificate = pem.find("-----BEGIN CERTIFICATE-----") != std::string::npos;
  const auto der = der_of_pem(pem, certificate ? "CERTIFICATE" : "PUBLIC KEY", path);
  if (!der) return tl::unexpected(der.error());
  return certificate ? public_key_from_certificate(*der, is_test(pem), path)
                     : public_key_from_spki(*der, is_test(pem), path);
}

Bytes message_digest(pm_algorithm algorithm, ByteView message) {
  if (algorithm != PM_ES384) {
    const Digest digest = sha256(message);
    return {digest.begin(), digest.end()};
  }
  Bytes digest(48);
  mbedtls_sha512(message.data(), message.size(), digest.data(), 1);
  return digest;
}

Result<Bytes> checked_signature(const PublicKey& key, ByteView message, ByteView signature, const std::string& who) {
  Bytes raw(signature.begin(), signature.end());
  if (is_good(key, message, raw)) return raw;
  if (key.algorithm == PM_ES256 || key.algorithm == PM_ES384) {
    auto converted = raw_ecdsa(signature, key.signature_size() / 2);
    if (converted && is_good(key, message, *converted)) return std::move(*converted);
  }
  return refused(who,
                 fmt::format("the signature is not one of this key over these bytes (key {}, {} bytes)",
                             to_hex(key.id).substr(0, 16), signature.size()),
                 fmt::format("expected {}, {}", algorithm_name(key.algorithm), signature_form(key)));
}

}  // namespace proofmark::sign
