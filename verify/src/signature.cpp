// SPDX-License-Identifier: Apache-2.0
//
// Checks the signatures over the mark. The signed bytes, Sig_structure of RFC 9052 section 4.4, are hashed piece by piece
// instead of being assembled. The algorithm is always that of the trusted key; what the mark says must only agree.
#include "../crypto/crypto.h"
#include "hss.h"
#include "session.h"
#include "trust.h"

namespace proofmark::verify {
namespace {

// Array of five, then the context string; what stands before the first variable part.
constexpr char kStructureStart[] = "\x85\x69" PM_SIGNATURE_CONTEXT;
static_assert(sizeof(PM_SIGNATURE_CONTEXT) - 1 == 9, "the text length in the constant above");
constexpr uint8_t kEmptyExternalData[] = {0x40};

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

// The hash that the algorithm demands, then the check. HSS-LMS hashes the message in a way of its own.
CryptoResult check_message(const Sha256Kernel* kernel, const pm_trust_key& key, const Bytes* pieces, size_t count,
                           Bytes signature) {
  if (key.algorithm == PM_HSS_LMS) return verify_hss(kernel, {key.key, key.size}, pieces, count, signature);
  uint8_t digest[48];
  if (key.algorithm == PM_ES384) {
    if (!crypto_sha384(pieces, count, digest)) return CryptoResult::kFailed;
    return crypto_verify(key, {digest, sizeof digest}, signature);
  }
  Sha256 hash;
  hash.start(kernel);
  for (size_t i = 0; i < count; ++i) hash.update(pieces[i]);
  hash.finish(digest);
  return crypto_verify(key, {digest, PM_DIGEST_SIZE}, signature);
}

CryptoResult check_structure(const Mark& mark, const Sha256Kernel* kernel, const Signature& signature,
                             const pm_trust_key& key) {
  const Bytes body = mark.protected_header;
  const ByteStringHead body_head = byte_string_head(body.size);
  const ByteStringHead signer_head = byte_string_head(signature.protected_header.size);
  const ByteStringHead payload_head = byte_string_head(mark.payload.size);
  const Bytes pieces[] = {
      {reinterpret_cast<const uint8_t*>(kStructureStart), sizeof kStructureStart - 1},
      {body_head.bytes, body_head.size},
      body,
      {signer_head.bytes, signer_head.size},
      signature.protected_header,
      {kEmptyExternalData, sizeof kEmptyExternalData},
      {payload_head.bytes, payload_head.size},
      mark.payload,
  };
  return check_message(kernel, key, pieces, sizeof pieces / sizeof *pieces, signature.bytes);
}

pm_verdict check_signature(const Mark& mark, const Sha256Kernel* kernel, const Signature& signature,
                           const pm_trust_key& key) {
  if (signature.algorithm != key.algorithm) return PM_REFUSED_KEY_ALGORITHM;
  if (!has_signature_size(key, signature.bytes.size)) return PM_REFUSED_KEY_SIGNATURE_LENGTH;
  switch (check_structure(mark, kernel, signature, key)) {
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

using namespace proofmark::verify;

int pm_check_signature(const pm_trust_key* key, pm_bytes message, pm_bytes signature) {
  if (key == nullptr || !is_sound_key(*key) || !has_signature_size(*key, signature.size)) return -1;
  return check_message(choose_sha256_kernel(), *key, &message, 1, signature) == CryptoResult::kGood ? 0 : -1;
}
