// SPDX-License-Identifier: Apache-2.0
//
// Checks that what the caller calls trust is usable, before any byte of the file is read: a mistake in a trust store must
// show at once and on every file, not only on the one that meets it.
#include "trust.h"

#include "hss.h"
#include "session.h"

namespace proofmark::verify {
namespace {

constexpr uint32_t kTrustFlags =
    PM_TRUST_ALLOW_TEST_KEYS | PM_TRUST_ALLOW_UNPROVEN | PM_TRUST_ANY_BOARD | PM_TRUST_ANY_MACHINE;
constexpr uint32_t kKeyFlags = PM_TRUST_KEY_TEST | PM_TRUST_KEY_ANY_BOARD;

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

// A key listed twice, also under another id, could be counted twice towards the threshold.
bool is_listed_before(const pm_trust_key* keys, uint32_t index) {
  for (uint32_t i = 0; i < index; ++i) {
    if (equal_bytes(keys[i].id, keys[index].id, PM_KEY_ID_SIZE)) return true;
    if (keys[i].size == keys[index].size && equal_bytes(keys[i].key, keys[index].key, keys[i].size)) return true;
  }
  return false;
}

bool is_sound_board(const pm_trust& trust) {
  if ((trust.flags & PM_TRUST_ANY_BOARD) != 0) return true;
  if (trust.board == nullptr) return false;
  const size_t length = bounded_length(trust.board, PM_BOARD_NAME_MAX);
  return length >= 1 && length <= PM_BOARD_NAME_MAX;
}

// One role, and not the root's: a root key vouches for keys, never for files.
bool is_file_role(uint32_t role) {
  return (role & (role - 1)) == 0 && (role & PM_ROLES_ALL & ~uint32_t{PM_ROLE_ROOT}) != 0;
}

template <class Entry>
bool is_sound_table(const Entry* entries, uint32_t count, uint32_t most) {
  return count <= most && (count == 0 || entries != nullptr);
}

}  // namespace

bool is_sound_key(const pm_trust_key& key) {
  if ((key.flags & ~kKeyFlags) != 0 || (key.roles & ~uint32_t{PM_ROLES_ALL}) != 0) return false;
  switch (key.algorithm) {
    case PM_ES256:
      return key.size == PM_KEY_P256_SIZE && is_uncompressed_point(key);
    case PM_ES384:
      return key.size == PM_KEY_P384_SIZE && is_uncompressed_point(key);
    case PM_PS256:
      return (key.size == PM_KEY_RSA3072_SIZE || key.size == PM_KEY_RSA4096_SIZE) && is_sound_rsa_key(key);
    case PM_HSS_LMS:
      return key.size <= PM_KEY_HSS256_SIZE && is_hss_key({key.key, key.size});
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
    if (is_listed_before(trust.keys, i)) return PM_REFUSED_TRUST_DUPLICATE_KEY;
  }
  return kPassed;
}

pm_verdict check_tables(const pm_trust& trust) {
  if (!is_sound_table(trust.boards, trust.board_count, PM_TRUST_BOARDS_MAX) ||
      !is_sound_table(trust.revoked_keys, trust.revoked_key_count, PM_TRUST_REVOKED_KEYS_MAX) ||
      !is_sound_table(trust.revoked_contents, trust.revoked_content_count, PM_TRUST_REVOKED_CONTENTS_MAX)) {
    return PM_REFUSED_TRUST_TABLES;
  }
  return kPassed;
}

bool holds_digest(const pm_digest* digests, uint32_t count, const uint8_t* digest) {
  for (uint32_t i = 0; i < count; ++i) {
    if (equal_bytes(digests[i].bytes, digest, PM_DIGEST_SIZE)) return true;
  }
  return false;
}

const pm_trust_board* find_board(const pm_trust& trust) {
  if ((trust.flags & PM_TRUST_ANY_BOARD) != 0) return nullptr;
  for (uint32_t i = 0; i < trust.board_count; ++i) {
    const char* name = trust.boards[i].name;
    const Bytes text = {reinterpret_cast<const uint8_t*>(name), bounded_length(name, PM_BOARD_NAME_MAX)};
    if (equal_text(text, trust.board, PM_BOARD_NAME_MAX)) return &trust.boards[i];
  }
  return nullptr;
}

pm_verdict choose_key(const pm_trust& trust, const uint8_t* key_id, const pm_trust_key** key) {
  if (holds_digest(trust.revoked_keys, trust.revoked_key_count, key_id)) return PM_REFUSED_KEY_REVOKED;
  uint32_t index = 0;
  while (index < trust.key_count && !equal_bytes(trust.keys[index].id, key_id, PM_KEY_ID_SIZE)) ++index;
  if (index == trust.key_count) return PM_REFUSED_KEY_UNKNOWN;
  const pm_trust_key& found = trust.keys[index];
  if ((found.roles & trust.role) == 0) return PM_REFUSED_KEY_ROLE;
  if ((trust.flags & PM_TRUST_ANY_BOARD) == 0 && (found.flags & PM_TRUST_KEY_ANY_BOARD) == 0) {
    const pm_trust_board* board = find_board(trust);
    if (board == nullptr || (found.boards >> (board - trust.boards) & 1) == 0) return PM_REFUSED_KEY_BOARD;
  }
  *key = &found;
  return kPassed;
}

bool has_signature_size(const pm_trust_key& key, size_t size) {
  switch (key.size) {
    case PM_KEY_P256_SIZE:
      return size == PM_ES256_SIGNATURE_SIZE;
    case PM_KEY_P384_SIZE:
      return size == PM_ES384_SIGNATURE_SIZE;
    case PM_KEY_RSA3072_SIZE:
      return size == PM_RSA3072_SIGNATURE_SIZE;
    case PM_KEY_RSA4096_SIZE:
      return size == PM_RSA4096_SIGNATURE_SIZE;
    default:
      return true;
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
  if (!is_file_role(trust.role)) return PM_REFUSED_TRUST_ROLE;
  const pm_verdict tables = check_tables(trust);
  if (tables != kPassed) return tables;
  if ((trust.kinds & PM_KINDS_ALL) == 0 || (trust.kinds & ~PM_KINDS_ALL) != 0) return PM_REFUSED_TRUST_KINDS;
  session->passed |= kStageTrust;
  return kPassed;
}

}  // namespace proofmark::verify
