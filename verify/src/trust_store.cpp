// SPDX-License-Identifier: Apache-2.0
//
// See trust_store.h. One function per key of the map, in the order of docs/format.md section 13. Lists ascend strictly, so
// one set of keys has one encoding and nothing can be listed twice.
#include "trust_store.h"

#include "cbor.h"
#include "session.h"
#include "trust.h"

namespace proofmark::verify {
namespace {

bool ascends(const uint8_t* left, const uint8_t* right) {
  return __builtin_memcmp(left, right, PM_DIGEST_SIZE) < 0;
}

// Names are filled up with zeros, and a zero is below every character, so this orders prefixes first.
bool ascends(const pm_trust_board& left, const pm_trust_board& right) {
  return __builtin_memcmp(left.name, right.name, sizeof left.name) < 0;
}

bool read_board(CborReader* in, pm_trust_board* board) {
  Bytes name{};
  if (!in->read_array(2) || !in->read_text(1, PM_BOARD_NAME_MAX, &name)) return false;
  copy_bytes(board->name, name.data, name.size);
  return in->read_uint(UINT32_MAX, &board->minimum_security_version);
}

bool read_boards(CborReader* in, pm_trust_store* store) {
  if (!in->read_array(1, PM_TRUST_BOARDS_MAX, &store->set.board_count)) return false;
  for (uint32_t i = 0; i < store->set.board_count; ++i) {
    if (!read_board(in, &store->boards[i])) return false;
    if (i > 0 && !ascends(store->boards[i - 1], store->boards[i])) return false;
  }
  return true;
}

// For every board or for some, each of them in the table.
bool are_sound_boards(const pm_trust_key& key, uint32_t board_count) {
  const uint32_t in_table = static_cast<uint32_t>((uint64_t{1} << board_count) - 1);
  const bool any = (key.flags & PM_TRUST_KEY_ANY_BOARD) != 0;
  return (key.boards & ~in_table) == 0 && any == (key.boards == 0);
}

bool read_key(CborReader* in, uint32_t board_count, pm_trust_key* key) {
  const uint8_t* id = nullptr;
  Bytes bytes{};
  if (!in->read_array(6) || !in->read_negative(&key->algorithm) || !in->read_uint(UINT32_MAX, &key->flags))
    return false;
  if (!in->read_uint(uint32_t{PM_ROLES_ALL}, &key->roles) || key->roles == 0) return false;
  if (!in->read_uint(UINT32_MAX, &key->boards) || !in->read_digest(&id)) return false;
  if (!in->read_bytes(1, PM_KEY_MAX_SIZE, &bytes)) return false;
  copy_bytes(key->id, id, PM_KEY_ID_SIZE);
  copy_bytes(key->key, bytes.data, bytes.size);
  key->size = static_cast<uint32_t>(bytes.size);
  return is_sound_key(*key) && are_sound_boards(*key, board_count);
}

bool read_keys(CborReader* in, pm_trust_store* store) {
  if (!in->read_array(1, PM_TRUST_KEYS_MAX, &store->set.key_count)) return false;
  for (uint32_t i = 0; i < store->set.key_count; ++i) {
    if (!read_key(in, store->set.board_count, &store->keys[i])) return false;
    if (i > 0 && !ascends(store->keys[i - 1].id, store->keys[i].id)) return false;
  }
  return true;
}

// A role has a threshold when keys have it, and no more than they can meet; there is always a root.
bool read_thresholds(CborReader* in, pm_trust_store* store) {
  if (!in->read_array(PM_ROLE_COUNT)) return false;
  for (uint32_t role = 0; role < PM_ROLE_COUNT; ++role) {
    uint32_t keys = 0;
    for (uint32_t i = 0; i < store->set.key_count; ++i) keys += store->keys[i].roles >> role & 1;
    uint32_t* threshold = &store->set.thresholds[role];
    if (!in->read_uint(uint32_t{PM_SIGNATURES_MAX}, threshold)) return false;
    if (*threshold > keys || (*threshold == 0) != (keys == 0)) return false;
  }
  return store->set.thresholds[0] != 0;
}

bool read_digests(CborReader* in, uint32_t most, pm_digest* digests, uint32_t* count) {
  if (!in->read_array(1, most, count)) return false;
  for (uint32_t i = 0; i < *count; ++i) {
    const uint8_t* digest = nullptr;
    if (!in->read_digest(&digest)) return false;
    copy_bytes(digests[i].bytes, digest, PM_DIGEST_SIZE);
    if (i > 0 && !ascends(digests[i - 1].bytes, digests[i].bytes)) return false;
  }
  return true;
}

// A key is trusted or revoked, not both.
bool is_contradicted(const pm_trust_store& store) {
  for (uint32_t i = 0; i < store.set.key_count; ++i) {
    if (holds_digest(store.revoked_keys, store.set.revoked_key_count, store.keys[i].id)) return true;
  }
  return false;
}

pm_verdict read_versions(CborReader* in, CborMap* fields, pm_trust_set* set) {
  uint32_t format = 0;
  if (!fields->has(PM_STORE_FORMAT) || !in->read_uint(UINT32_MAX, &format)) return PM_REFUSED_STORE_FORM;
  if (format != PM_TRUST_STORE_FORMAT) return PM_REFUSED_STORE_FORMAT;
  if (!fields->has(PM_STORE_VERSION) || !in->read_uint(UINT32_MAX, &set->version)) return PM_REFUSED_STORE_FORM;
  return set->version != 0 ? kPassed : PM_REFUSED_STORE_FORM;
}

pm_verdict read_revocations(CborReader* in, CborMap* fields, pm_trust_store* store) {
  pm_trust_set* set = &store->set;
  if (fields->has(PM_STORE_REVOKED_KEYS) &&
      !read_digests(in, PM_TRUST_REVOKED_KEYS_MAX, store->revoked_keys, &set->revoked_key_count)) {
    return PM_REFUSED_STORE_REVOCATIONS;
  }
  if (fields->has(PM_STORE_REVOKED_CONTENTS) &&
      !read_digests(in, PM_TRUST_REVOKED_CONTENTS_MAX, store->revoked_contents, &set->revoked_content_count)) {
    return PM_REFUSED_STORE_REVOCATIONS;
  }
  return is_contradicted(*store) ? PM_REFUSED_STORE_REVOCATIONS : kPassed;
}

}  // namespace

pm_verdict decode_trust_store(Bytes payload, pm_trust_store* store) {
  zero_bytes(store, sizeof *store);
  CborReader in(payload);
  CborMap fields(&in, PM_STORE_REVOKED_CONTENTS);
  const pm_verdict versions = read_versions(&in, &fields, &store->set);
  if (versions != kPassed) return versions;
  if (fields.has(PM_STORE_BOARDS) && !read_boards(&in, store)) return PM_REFUSED_STORE_BOARDS;
  if (!fields.has(PM_STORE_KEYS) || !read_keys(&in, store)) return PM_REFUSED_STORE_KEYS;
  if (!fields.has(PM_STORE_THRESHOLDS) || !read_thresholds(&in, store)) return PM_REFUSED_STORE_THRESHOLDS;
  const pm_verdict revocations = read_revocations(&in, &fields, store);
  if (revocations != kPassed) return revocations;
  if (!fields.finished() || !in.at_end()) return PM_REFUSED_STORE_FORM;
  store->set.keys = store->keys;
  store->set.boards = store->boards;
  store->set.revoked_keys = store->revoked_keys;
  store->set.revoked_contents = store->revoked_contents;
  return kPassed;
}

}  // namespace proofmark::verify
