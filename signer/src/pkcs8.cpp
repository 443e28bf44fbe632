// SPDX-License-Identifier: Apache-2.0
//
// See pkcs8.h. The encoding is laid down as bytes: of all its lengths only the outermost two depend on the key.
#include "pkcs8.h"

#include <mbedtls/pkcs5.h>

#include <algorithm>

#include "pk.h"
#include "random.h"

namespace proofmark::sign {
namespace {

constexpr std::size_t kBlock = 16;

// PBES2-params: PBKDF2 with a salt of 16 bytes, 600,000 rounds (OWASP's number for HMAC-SHA-256) and HMAC-SHA-256; AES-256-CBC.
constexpr std::array<std::uint8_t, 83> kParameters = {
    0x30, 0x32, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c, 0x30, 0x25, 0x04, 0x10,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x02,
    0x03, 0x09, 0x27, 0xc0, 0x30, 0x0c, 0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x09, 0x05,
    0x00, 0x30, 0x1d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a, 0x04, 0x10, 0,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0};
constexpr std::size_t kSalt = 17, kVector = 67;

// id-PBES2, and the head of its parameters.
constexpr std::array<std::uint8_t, 15> kAlgorithm = {0x30, 0x60, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
                                                     0xf7, 0x0d, 0x01, 0x05, 0x0d, 0x30, 0x53};

// A tag and a length in two bytes; keys are between 128 and 65535 bytes long.
void put_head(Bytes& out, std::uint8_t tag, std::size_t size) {
  for (const std::size_t byte : {std::size_t{tag}, std::size_t{0x82}, size >> 8, size & 0xff})
    out.push_back(static_cast<std::uint8_t>(byte));
}

}  // namespace

Result<Bytes> encrypt_pkcs8(ByteView info, const std::string& passphrase) {
  auto parameters = kParameters;
  int status = random_bytes(nullptr, parameters.data() + kSalt, kBlock);
  if (status == 0) status = random_bytes(nullptr, parameters.data() + kVector, kBlock);
  const mbedtls_asn1_buf buffer = {MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE, parameters.size(),
                                   parameters.data()};
  Bytes encrypted(info.size() + kBlock);
  std::size_t size = 0;
  if (status == 0)
    status = mbedtls_pkcs5_pbes2_ext(&buffer, MBEDTLS_PKCS5_ENCRYPT,
                                     reinterpret_cast<const unsigned char*>(passphrase.data()), passphrase.size(),
                                     info.data(), info.size(), encrypted.data(), encrypted.size(), &size);
  if (status != 0) return unknown("", "the key cannot be encrypted", mbedtls_text(status));
  encrypted.resize(size);
  if (size < 128) return unknown("", "the key cannot be encrypted: it is too short");
  constexpr std::size_t kHead = 4;
  Bytes out;
  put_head(out, 0x30, kAlgorithm.size() + parameters.size() + kHead + size);
  out.insert(out.end(), kAlgorithm.begin(), kAlgorithm.end());
  out.insert(out.end(), parameters.begin(), parameters.end());
  put_head(out, 0x04, size);
  out.insert(out.end(), encrypted.begin(), encrypted.end());
  return out;
}

}  // namespace proofmark::sign
