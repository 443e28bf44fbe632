// SPDX-License-Identifier: Apache-2.0
//
// Checks the signatures over the mark. The signed bytes, Sig_structure of RFC 9052 section 4.4, are hashed piece by piece
// instead of being assembled. The algorithm is always that of the trusted key; what the mark says must only agree.
#include "../crypto/crypto.h"
#include "session.h"
#include "trust.h"

namespace proofmark::verify {
namespace {

// Array of five, then the context string; what stands before the first variable part.
constexpr char kStructureStart[] = "\x85\x69" PM_SIGNATURE_CONTEXT;
static_assert(sizeof(PM_SIGNATURE_CONTEXT) - 1 == 9, "the text length in the constant above");
constexpr uint8_t kEmptyExternalData[] = {0x40};
constexpr size_t kPieces = 8;

struct ByteStringHead {
  uint8_t bytes[4];
  size_t size;
};

// Head of a byte string of up to 65536 bytes; a payload is shorter than the mark that holds it.
ByteStringHead byte_string_head(size_t size) {
  if (size < 24) return {{static_cast<uint8_t>(0x40 + size)}, 1};
  if (size < 0x100) return {{0x58, static_cast<uint8_t>(size)}, 2};
  return {{0x59, static_cast<uint8_t>(size >> 8), static_cast<uint8_t>(size)}, 3};
}

struct Digest {
  uint8_t bytes[48];
  size_t size;
};

void hash_sha256(const Sha256Kernel* kernel, const Bytes* pieces, Digest* digest) {
  Sha256 hash;
  hash.start(kernel);
  for (size_t i = 0; i < kPieces; ++i) hash.update(pieces[i]);
  hash.finish(digest->bytes);
  digest->size = PM_DIGEST_SIZE;
}

bool hash_to_be_signed(const Mark& mark, const Sha256Kernel* kernel, const Signature& signature, int32_t algorithm,
                       Digest* digest) {
  const Bytes body = mark.protected_header;
  const ByteStringHead body_head = byte_string_head(body.size);
  const ByteStringHead signer_head = byte_string_head(signature.protected_header.size);
  const ByteStringHead payload_head = byte_string_head(mark.payload.size);
  const Bytes pieces[kPieces] = {
      {reinterpret_cast<const uint8_t*>(kStructureStart), sizeof kStructureStart - 1},
      {body_head.bytes, body_head.size},
      body,
      {signer_head.bytes, signer_head.size},
      signature.protected_header,
      {kEmptyExternalData, sizeof kEmptyExternalData},
      {payload_head.bytes, payload_head.size},
      mark.payload,
  };
  if (algorithm == PM_ES384) {
    digest->size = sizeof digest->bytes;
    return crypto_sha384(pieces, kPieces, digest->bytes);
  }
  hash_sha256(kernel, pieces, digest);
  return true;
}

pm_verdict check_signature(const Mark& mark, const Sha256Kernel* kernel, const Signature& signature,
                           const pm_trust_key& key) {
  if (signature.algorithm != key.algorithm) return PM_REFUSED_KEY_ALGORITHM;
  if (signature.bytes.size != signature_size_of(key)) return PM_REFUSED_KEY_SIGNATURE_LENGTH;
  Digest digest = {};
  if (!hash_to_be_signed(mark, kernel, signature, key.algorithm, &digest)) return PM_REFUSED_CRYPTO;
  switch (crypto_verify(key, {digest.bytes, digest.size}, signature.bytes)) {
    case CryptoResult::kGood:
      return kPassed;
    case CryptoResult::kWrong:
      return PM_REFUSED_SIGNATURE_WRONG;
    case CryptoResult::kFailed:
      break;
  }
  return PM_REFUSED_CRYPTO;
}

}  // namespace

// A signature that does not count is passed over: a file may be signed for several parties. One that counts must be good.
// Key ids ascend strictly (parse_message), so no key counts twice.
pm_verdict check_signers(const Mark& mark, const Sha256Kernel* kernel, const pm_trust& trust, Signers* signers) {
  signers->count = 0;
  pm_verdict lacking = PM_REFUSED_KEY_UNKNOWN;
  for (uint32_t i = 0; i < mark.signature_count; ++i) {
    const pm_trust_key* key = nullptr;
    const pm_verdict chosen = choose_key(trust, mark.signatures[i].key_id, &key);
    if (chosen != kPassed) {
      if (chosen != PM_REFUSED_KEY_UNKNOWN) lacking = chosen;
      continue;
    }
    const pm_verdict checked = check_signature(mark, kernel, mark.signatures[i], *key);
    if (checked != kPassed) return checked;
    signers->keys[signers->count++] = key;
    if (lacking == PM_REFUSED_KEY_UNKNOWN) lacking = PM_REFUSED_THRESHOLD;
  }
  return signers->count >= trust.threshold ? kPassed : lacking;
}

pm_verdict check_signatures(Session* session) {
  pm_result* result = session->result;
  Signers signers;
  const pm_verdict checked = check_signers(session->mark, session->kernel, *session->trust, &signers);
  result->key_count = signers.count;
  for (uint32_t i = 0; i < signers.count; ++i) copy_bytes(result->keys[i], signers.keys[i]->id, PM_KEY_ID_SIZE);
  if (checked != kPassed) return checked;
  result->authenticated = 1;
  session->passed |= kStageSignatures;
  return kPassed;
}

}  // namespace proofmark::verify
