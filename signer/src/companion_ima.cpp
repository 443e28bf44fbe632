// SPDX-License-Identifier: Apache-2.0
//
// Signatures of fs-verity digests as IMA checks them: struct ima_file_id is what is signed, struct signature_v2_hdr is what
// stands before the signature (Linux security/integrity/integrity.h), and the signature of ECDSA is that of X9.62.
#include <mbedtls/sha1.h>
// The header of mbedTLS 3.6 does not say by itself that it is C.
extern "C" {
#include <mbedtls/psa_util.h>
}

#include <fmt/format.h>

#include "proofmark/sign/companion.h"

namespace proofmark::sign {
namespace {

constexpr std::uint8_t kVeritySignature = 6;  // IMA_VERITY_DIGSIG
constexpr std::uint8_t kVersion = 3;
constexpr std::uint8_t kSha256 = 4;  // HASH_ALGO_SHA256, include/uapi/linux/hash_info.h
constexpr std::size_t kNumberSize = 32;

// The last four bytes of the subject key identifier.
Result<Bytes> key_id(const PublicKey& key) {
  std::array<std::uint8_t, 20> identifier{};
  if (mbedtls_sha1(key.raw.data(), key.raw.size(), identifier.data()) != 0)
    return unknown("", "the SHA-1 of the key cannot be computed");
  return Bytes(identifier.end() - 4, identifier.end());
}

Result<Bytes> to_x962(ByteView raw) {
  constexpr std::size_t kLargest = 2 * (kNumberSize + 3) + 3;
  Bytes der(kLargest);
  std::size_t size = 0;
  if (mbedtls_ecdsa_raw_to_der(8 * kNumberSize, raw.data(), raw.size(), der.data(), der.size(), &size) != 0)
    return unknown("", "the signature is not one of P-256");
  der.resize(size);
  return der;
}

Result<Bytes> attribute_of(const Digest& digest, const Signer& signer, ByteView id) {
  Bytes file_id = {kVeritySignature, kSha256};
  file_id.insert(file_id.end(), digest.begin(), digest.end());
  const auto raw = signer.sign(file_id);
  if (!raw) return tl::unexpected(raw.error());
  if (raw->size() != 2 * kNumberSize) return unknown("", "the signature has another size than that of P-256");
  const auto signature = to_x962(*raw);
  if (!signature) return tl::unexpected(signature.error());
  Bytes attribute = {kVeritySignature, kVersion, kSha256};
  attribute.insert(attribute.end(), id.begin(), id.end());
  attribute.push_back(0);
  attribute.push_back(static_cast<std::uint8_t>(signature->size()));
  attribute.insert(attribute.end(), signature->begin(), signature->end());
  return attribute;
}

// As getfattr writes names: what would end the line, and the backslash, in octal.
std::string quoted(const std::string& path) {
  std::string text;
  for (const char c : path) {
    if (c == '\n' || c == '\r' || c == '\\')
      text += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    else
      text += c;
  }
  return text;
}

}  // namespace

Result<std::string> ima_signatures(const BundleTable& table, const Signer& signer) {
  const PublicKey& key = signer.public_key();
  if (key.algorithm != PM_ES256)
    return usage("",
                 fmt::format("the key for IMA must be P-256 (expected es256, found {})", algorithm_name(key.algorithm)),
                 "proofmark keygen --alg es256 makes one");
  const auto id = key_id(key);
  if (!id) return tl::unexpected(id.error());
  std::string text;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!may_be_code(table[i]) || table[i].first != i) continue;  // other names of the same file share its attributes
    const auto attribute = attribute_of(table[i].digest, signer, *id);
    if (!attribute) return tl::unexpected(attribute.error());
    text += fmt::format("# file: {}\nsecurity.ima=0x{}\n\n", quoted(table[i].path), to_hex(*attribute));
  }
  return text;
}

}  // namespace proofmark::sign
