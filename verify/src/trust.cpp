// SPDX-License-Identifier: Apache-2.0
//
// Checks that what the caller calls trust is usable, before any byte of the file is read: a mistake in a trust store must
// show at once and on every file, not only on the one that meets it.
#include "trust.h"
#include "session.h"

namespace proofmark::verify {
namespace {

constexpr uint32_t kTrustFlags =
    PM_TRUST_ALLOW_TEST_KEYS | PM_TRUST_ALLOW_UNPROVEN | PM_TRUST_ANY_BOARD | PM_TRUST_ANY_MACHINE;

// SEC 1 section 2.3.3: the first byte of an uncompressed point.
bool is_uncompressed_point(const pm_trust_key& key) {
  return key.key[0] == 0x04;
}

// The modulus has its full length, and the exponent is odd and above 2^16 (FIPS 186-5 section 5.4), against the forgeries
// that small exponents invite.
bool is_sound_rsa_key(const pm_trust_key& key) {
  const uint8_t* exponent = key.key + key.size - 4;
  const uint32_t value =
      uint32_t{exponent[0]} << 24 | uint32_t{exponent[1]} << 16 | uint32_t{exponent[2]} << 8 | uint32_t{exponent[3]};
  return (key.key[0] & 0x80) != 0 && (value & 1) != 0 && value > 0x10000;
}

bool is_sound_key(const pm_trust_key& key) {
  if ((key.flags & ~uint32_t{PM_TRUST_KEY_TEST}) != 0) return false;
  switch (key.algorithm) {
    case PM_ES256:
      return key.size == PM_KEY_P256_SIZE && is_uncompressed_point(key);
    case PM_ES384:
      return key.size == PM_KEY_P384_SIZE && is_uncompressed_point(key);
    case PM_PS256:
      return (key.size == PM_KEY_RSA3072_SIZE || key.size == PM_KEY_RSA4096_SIZE) && is_sound_rsa_key(key);
    default:
      return false;
  }
}

pm_verdict check_keys(const pm_trust& trust) {
  if (trust.keys == nullptr || trust.key_count == 0 || trust.key_count > PM_TRUST_KEYS_MAX) {
    return PM_REFUSED_TRUST_KEY_COUNT;
  }
  if (trust.threshold == 0 || trust.threshold > PM_SIGNATURES_MAX || trust.threshold > trust.key_count) {
    return PM_REFUSED_TRUST_THRESHOLD;
  }
  const bool allow_test_keys = (trust.flags & PM_TRUST_ALLOW_TEST_KEYS) != 0;
  for (uint32_t i = 0; i < trust.key_count; ++i) {
    const pm_trust_key& key = trust.keys[i];
    if (!is_sound_key(key)) return PM_REFUSED_TRUST_KEY;
    if ((key.flags & PM_TRUST_KEY_TEST) != 0 && !allow_test_keys) return PM_REFUSED_TRUST_TEST_KEY;
    // A key listed twice could be counted twice towards the threshold.
    const pm_trust_key* first = find_trusted_key(trust, key.id);
    if (first != &key) return PM_REFUSED_TRUST_DUPLICATE_KEY;
  }
  return kPassed;
}

bool is_sound_board(const pm_trust& trust) {
  if ((trust.flags & PM_TRUST_ANY_BOARD) != 0) return true;
  if (trust.board == nullptr) return false;
  const size_t length = bounded_length(trust.board, PM_BOARD_NAME_MAX);
  return length >= 1 && length <= PM_BOARD_NAME_MAX;
}

}  // namespace

const pm_trust_key* find_trusted_key(const pm_trust& trust, const uint8_t* key_id) {
  for (uint32_t i = 0; i < trust.key_count; ++i) {
    if (equal_bytes(trust.keys[i].id, key_id, PM_KEY_ID_SIZE)) return &trust.keys[i];
  }
  return nullptr;
}

size_t signature_size_of(const pm_trust_key& key) {
  switch (key.size) {
    case PM_KEY_P256_SIZE:
      return PM_ES256_SIGNATURE_SIZE;
    case PM_KEY_P384_SIZE:
      return PM_ES384_SIGNATURE_SIZE;
    case PM_KEY_RSA3072_SIZE:
      return PM_RSA3072_SIGNATURE_SIZE;
    default:
      return PM_RSA4096_SIGNATURE_SIZE;
  }
}

pm_verdict check_trust(Session* session) {
  const pm_trust& trust = *session->trust;
  if (trust.version != PM_TRUST_VERSION || (trust.flags & ~kTrustFlags) != 0 || trust.reserved != 0) {
    return PM_REFUSED_TRUST_VERSION;
  }
  const pm_verdict keys = check_keys(trust);
  if (keys != kPassed) return keys;
  if (!is_sound_board(trust)) return PM_REFUSED_TRUST_BOARD;
  if ((trust.kinds & PM_KINDS_ALL) == 0 || (trust.kinds & ~PM_KINDS_ALL) != 0) return PM_REFUSED_TRUST_KINDS;
  session->passed |= kStageTrust;
  return kPassed;
}

}  // namespace proofmark::verify
