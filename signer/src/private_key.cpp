// SPDX-License-Identifier: Apache-2.0
//
// The private half: reading and making key files, and signing.
#include <mbedtls/asn1write.h>
#include <mbedtls/ecdsa.h>
#include <mbedtls/error.h>
#include <mbedtls/oid.h>
#include <mbedtls/pem.h>
#include <mbedtls/platform_util.h>
#include <mbedtls/sha512.h>

#include <fmt/format.h>

#include "pk.h"
#include "pkcs8.h"
#include "proofmark/sign/digest.h"
#include "proofmark/sign/files.h"
#include "pss.h"
#include "random.h"

namespace proofmark::sign {
namespace {

constexpr std::size_t kMaxPemSize = 65536;

struct EcScalars {
  EcScalars() {
    mbedtls_ecp_group_init(&group);
    for (auto* number : {&d, &r, &s}) mbedtls_mpi_init(number);
  }
  ~EcScalars() {
    for (auto* number : {&d, &r, &s}) mbedtls_mpi_free(number);
    mbedtls_ecp_group_free(&group);
  }
  EcScalars(const EcScalars&) = delete;
  EcScalars& operator=(const EcScalars&) = delete;
  mbedtls_ecp_group group;
  mbedtls_mpi d, r, s;
};

// RFC 6979: the nonce follows from key and digest; the randomness only blinds the computation.
int ecdsa_sign(const mbedtls_ecp_keypair& pair, ByteView digest, mbedtls_md_type_t md, Bytes& signature) {
  EcScalars ec;
  int status = mbedtls_ecp_export(&pair, &ec.group, &ec.d, nullptr);
  if (status == 0)
    status = mbedtls_ecdsa_sign_det_ext(&ec.group, &ec.r, &ec.s, &ec.d, digest.data(), digest.size(), md, random_bytes,
                                        nullptr);
  const std::size_t half = signature.size() / 2;
  if (status == 0) status = mbedtls_mpi_write_binary(&ec.r, signature.data(), half);
  if (status == 0) status = mbedtls_mpi_write_binary(&ec.s, signature.data() + half, half);
  return status;
}

// PrivateKeyInfo (RFC 5208) around the traditional encoding that mbedTLS writes. Like it, this writes backwards.
int wrap_pkcs8(ByteView traditional, pm_algorithm algorithm, Bytes& out) {
  unsigned char* start = out.data();
  unsigned char* at = start + out.size();
  std::size_t length = 0;
  int status = mbedtls_asn1_write_octet_string(&at, start, traditional.data(), traditional.size());
  const auto add = [&](int step) {
    if (status >= 0) status = step;
    if (status >= 0) length += static_cast<std::size_t>(status);
  };
  if (status >= 0) length += static_cast<std::size_t>(status);
  if (algorithm == PM_PS256) {
    add(mbedtls_asn1_write_algorithm_identifier(&at, start, MBEDTLS_OID_PKCS1_RSA,
                                                MBEDTLS_OID_SIZE(MBEDTLS_OID_PKCS1_RSA), 0));
  } else {
    const bool p256 = algorithm == PM_ES256;
    const char* curve = p256 ? MBEDTLS_OID_EC_GRP_SECP256R1 : MBEDTLS_OID_EC_GRP_SECP384R1;
    const std::size_t size =
        p256 ? MBEDTLS_OID_SIZE(MBEDTLS_OID_EC_GRP_SECP256R1) : MBEDTLS_OID_SIZE(MBEDTLS_OID_EC_GRP_SECP384R1);
    const int parameter = mbedtls_asn1_write_oid(&at, start, curve, size);
    if (parameter < 0) return parameter;
    add(mbedtls_asn1_write_algorithm_identifier(&at, start, MBEDTLS_OID_EC_ALG_UNRESTRICTED,
                                                MBEDTLS_OID_SIZE(MBEDTLS_OID_EC_ALG_UNRESTRICTED),
                                                static_cast<std::size_t>(parameter)));
  }
  add(mbedtls_asn1_write_int(&at, start, 0));
  add(mbedtls_asn1_write_len(&at, start, length));
  add(mbedtls_asn1_write_tag(&at, start, MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE));
  if (status < 0) return status;
  out.erase(out.begin(), out.begin() + (at - start));
  return 0;
}

int generate_into(mbedtls_pk_context& pk, pm_algorithm algorithm, unsigned rsa_bits) {
  const bool rsa = algorithm == PM_PS256;
  int status = mbedtls_pk_setup(&pk, mbedtls_pk_info_from_type(rsa ? MBEDTLS_PK_RSA : MBEDTLS_PK_ECKEY));
  if (status != 0) return status;
  constexpr int kExponent = 65537;
  if (rsa) return mbedtls_rsa_gen_key(mbedtls_pk_rsa(pk), random_bytes, nullptr, rsa_bits, kExponent);
  const auto group = algorithm == PM_ES256 ? MBEDTLS_ECP_DP_SECP256R1 : MBEDTLS_ECP_DP_SECP384R1;
  return mbedtls_ecp_gen_key(group, mbedtls_pk_ec(pk), random_bytes, nullptr);
}

Result<std::string> pem_of(const char* title, ByteView der) {
  const std::string begin = fmt::format("-----BEGIN {}-----\n", title), end = fmt::format("-----END {}-----\n", title);
  std::string text(2 * der.size() + begin.size() + end.size(), '\0');
  std::size_t size = 0;
  const int status = mbedtls_pem_write_buffer(begin.c_str(), end.c_str(), der.data(), der.size(),
                                              reinterpret_cast<unsigned char*>(text.data()), text.size(), &size);
  if (status != 0) return unknown("", "the key cannot be written", mbedtls_text(status));
  text.resize(size - 1);  // without the zero that mbedTLS counts
  return text;
}

tl::unexpected<Error> explain_load(const std::string& path, int status) {
  if (status == MBEDTLS_ERR_PK_PASSWORD_REQUIRED)
    return unknown(path, "the key is encrypted and no passphrase was given",
                   "add --passphrase-prompt, --passphrase-file FILE or --passphrase-env NAME");
  if (status == MBEDTLS_ERR_PK_PASSWORD_MISMATCH) return unknown(path, "the passphrase does not open the key");
  return unknown(path, "not a private key in PEM that can be used (expected -----BEGIN PRIVATE KEY-----)",
                 mbedtls_text(status));
}

}  // namespace

void PkDeleter::operator()(mbedtls_pk_context* key) const {
  mbedtls_pk_free(key);
  delete key;
}

PkHandle new_pk() {
  PkHandle key(new mbedtls_pk_context);
  mbedtls_pk_init(key.get());
  return key;
}

Result<std::string> read_pem(const std::filesystem::path& file) {
  return read_text(file, kMaxPemSize);
}

bool is_private(const std::string& pem) {
  return pem.find("PRIVATE KEY-----") != std::string::npos;
}

// PKCS#8 says so in its title, the traditional form in a header of RFC 1421.
bool is_encrypted(const std::string& pem) {
  return pem.find("ENCRYPTED PRIVATE KEY-----") != std::string::npos || pem.find("4,ENCRYPTED") != std::string::npos;
}

bool is_test(const std::string& pem) {
  return pem.starts_with(kTestKeyLine);
}

std::string mbedtls_text(int status) {
  std::array<char, 128> text{};
  mbedtls_strerror(status, text.data(), text.size());
  return fmt::format("mbedTLS says: {}", text.data());
}

Result<PrivateKey> PrivateKey::load(const std::filesystem::path& file, const std::string& passphrase) {
  auto pem = read_pem(file);
  if (!pem) return tl::unexpected(pem.error());
  const std::string path = file.string();
  const bool test = is_test(*pem);
  if (!is_private(*pem) && pem->find("PUBLIC KEY-----") != std::string::npos)
    return unknown(path, "this is a public key (expected a private one)",
                   "sign with the file that proofmark keygen wrote, or name the program that signs with --key-program");
  PkHandle key = new_pk();
  const auto* password = passphrase.empty() ? nullptr : reinterpret_cast<const unsigned char*>(passphrase.data());
  const int status = mbedtls_pk_parse_key(key.get(), reinterpret_cast<const unsigned char*>(pem->c_str()),
                                          pem->size() + 1, password, passphrase.size(), random_bytes, nullptr);
  mbedtls_platform_zeroize(pem->data(), pem->size());
  if (status != 0) return explain_load(path, status);
  auto half = public_half(*key, test, path);
  if (!half) return tl::unexpected(half.error());
  return PrivateKey(std::move(key), std::move(*half));
}

Result<PrivateKey> PrivateKey::generate(pm_algorithm algorithm, bool test, unsigned rsa_bits) {
  PkHandle key = new_pk();
  if (const int status = generate_into(*key, algorithm, rsa_bits); status != 0)
    return unknown("", "the key cannot be made", mbedtls_text(status));
  auto half = public_half(*key, test, "");
  if (!half) return tl::unexpected(half.error());
  return PrivateKey(std::move(key), std::move(*half));
}

Result<std::string> PrivateKey::to_pem(const std::string& passphrase) const {
  constexpr std::size_t kLargest = 4096;
  Bytes der(kLargest), info(kLargest);
  int status = mbedtls_pk_write_key_der(key_.get(), der.data(), der.size());
  if (status > 0)
    status = wrap_pkcs8(ByteView(der).last(static_cast<std::size_t>(status)), public_key_.algorithm, info);
  mbedtls_platform_zeroize(der.data(), der.size());
  Result<std::string> text = unknown("", "the key cannot be written", mbedtls_text(status));
  if (status == 0 && passphrase.empty()) text = pem_of("PRIVATE KEY", info);
  if (status == 0 && !passphrase.empty()) {
    const auto encrypted = encrypt_pkcs8(info, passphrase);
    text = encrypted ? pem_of("ENCRYPTED PRIVATE KEY", *encrypted) : tl::unexpected(encrypted.error());
  }
  mbedtls_platform_zeroize(info.data(), info.size());
  if (!text) return text;
  return public_key_.test ? std::string(kTestKeyLine) + "\n" + *text : *text;
}

Result<Bytes> PrivateKey::sign(ByteView message) const {
  Bytes signature(public_key_.signature_size());
  int status = 0;
  if (public_key_.algorithm == PM_PS256) {
    status = pss_sign(*mbedtls_pk_rsa(*key_), sha256(message), signature);
  } else if (public_key_.algorithm == PM_ES256) {
    status = ecdsa_sign(*mbedtls_pk_ec(*key_), sha256(message), MBEDTLS_MD_SHA256, signature);
  } else {
    std::array<std::uint8_t, 48> digest{};
    status = mbedtls_sha512(message.data(), message.size(), digest.data(), 1);
    if (status == 0) status = ecdsa_sign(*mbedtls_pk_ec(*key_), digest, MBEDTLS_MD_SHA384, signature);
  }
  if (status != 0) return unknown("", "signing failed", mbedtls_text(status));
  return signature;
}

}  // namespace proofmark::sign
