// SPDX-License-Identifier: Apache-2.0
//
// See store_file.h.
#include "store_file.h"

#include <algorithm>
#include <cstring>

namespace proofmark::verify_test {
namespace {

void write_boards(const StorePlan& plan, CborWriter* out) {
  out->array(plan.board_count);
  for (unsigned i = 0; i < plan.board_count; ++i) {
    out->array(2);
    out->text(plan.boards[i].name);
    out->uint(plan.boards[i].minimum_security_version);
  }
}

bool by_id(const StoreKey& left, const StoreKey& right) {
  return std::memcmp(public_key(left.name).id, public_key(right.name).id, PM_KEY_ID_SIZE) < 0;
}

void write_keys(const StorePlan& plan, CborWriter* out) {
  StoreKey keys[4];
  std::copy(plan.keys, plan.keys + plan.key_count, keys);
  std::sort(keys, keys + plan.key_count, by_id);
  if (plan.keys_unsorted) std::reverse(keys, keys + plan.key_count);
  out->array(plan.key_count);
  for (unsigned i = 0; i < plan.key_count; ++i) {
    const pm_trust_key& key = public_key(keys[i].name);
    out->array(6);
    out->negative(key.algorithm);
    out->uint(keys[i].flags);
    out->uint(keys[i].roles);
    out->uint(keys[i].boards);
    out->bytes(key.id, PM_KEY_ID_SIZE);
    out->bytes(key.key, key.size);
  }
}

void write_digests(const uint8_t* values, unsigned count, CborWriter* out) {
  out->array(count);
  for (unsigned i = 0; i < count; ++i) out->digest(values[i]);
}

// False for an optional key that the plan leaves out.
bool write_field(const StorePlan& plan, unsigned key, CborWriter* out) {
  switch (key) {
    case PM_STORE_FORMAT:
      return out->uint(PM_TRUST_STORE_FORMAT), true;
    case PM_STORE_VERSION:
      return out->uint(plan.version), true;
    case PM_STORE_BOARDS:
      return plan.board_count != 0 && (write_boards(plan, out), true);
    case PM_STORE_KEYS:
      return write_keys(plan, out), true;
    case PM_STORE_THRESHOLDS:
      out->array(PM_ROLE_COUNT);
      for (const uint32_t threshold : plan.thresholds) out->uint(threshold);
      return true;
    case PM_STORE_REVOKED_KEYS:
      return plan.revoked_key_count != 0 && (write_digests(plan.revoked_keys, plan.revoked_key_count, out), true);
    default:
      return plan.revoked_content_count != 0 &&
             (write_digests(plan.revoked_contents, plan.revoked_content_count, out), true);
  }
}

void write_protected(const char* content_type, CborWriter* out) {
  out->map(1);
  out->uint(PM_COSE_HEADER_CONTENT_TYPE);
  out->text(content_type);
}

void write_signature(const CborWriter& body, const CborWriter& payload, const StorePlan& plan, unsigned index,
                     CborWriter* out) {
  const pm_trust_key& key = public_key(plan.signers[index]);
  static CborWriter signer;
  static CborWriter structure;
  signer = CborWriter();
  structure = CborWriter();
  signer.map(2);
  signer.uint(PM_COSE_HEADER_ALGORITHM);
  signer.negative(key.algorithm);
  signer.uint(PM_COSE_HEADER_KEY_ID);
  signer.bytes(key.id, PM_KEY_ID_SIZE);
  structure.array(5);
  structure.text("Signature");
  structure.bytes(body.data(), body.size());
  structure.bytes(signer.data(), signer.size());
  structure.bytes("", 0);
  structure.bytes(payload.data(), payload.size());
  static uint8_t signature[PM_SIGNATURE_MAX_SIZE];
  const size_t size = sign_message(plan.signers[index], {structure.data(), structure.size()}, signature);
  out->array(3);
  out->bytes(signer.data(), signer.size());
  out->map(0);
  out->bytes(signature, size);
}

}  // namespace

void make_store_payload(const StorePlan& plan, CborWriter* out) {
  static CborWriter pairs;
  static CborWriter value;
  pairs = CborWriter();
  unsigned count = 0;
  for (unsigned key = PM_STORE_FORMAT; key <= PM_STORE_REVOKED_CONTENTS; ++key) {
    value = CborWriter();
    const bool present = write_field(plan, key, &value);
    if (plan.omitted[key] || (!present && plan.fields[key] == nullptr)) continue;
    pairs.uint(key);
    pairs.raw(plan.fields[key] != nullptr ? *plan.fields[key] : value);
    ++count;
  }
  out->map(count);
  out->raw(pairs);
}

void make_store(const StorePlan& plan, StoreFile* file) {
  static CborWriter body;
  static CborWriter shown;
  static CborWriter payload;
  static CborWriter message;
  body = CborWriter();
  shown = CborWriter();
  payload = CborWriter();
  message = CborWriter();
  write_protected(plan.content_type, &body);
  write_protected(plan.shown_content_type != nullptr ? plan.shown_content_type : plan.content_type, &shown);
  plan.payload != nullptr ? payload.raw(*plan.payload) : make_store_payload(plan, &payload);

  StorePlan sorted = plan;
  std::sort(sorted.signers, sorted.signers + plan.signer_count,
            [](KeyName a, KeyName b) { return std::memcmp(public_key(a).id, public_key(b).id, PM_KEY_ID_SIZE) < 0; });
  message.tag(PM_COSE_SIGN_TAG);
  message.array(4);
  message.bytes(shown.data(), shown.size());
  message.map(0);
  message.bytes(payload.data(), payload.size());
  message.array(plan.signer_count + plan.repeats_first_signature);
  if (plan.repeats_first_signature) write_signature(body, payload, sorted, 0, &message);
  for (unsigned i = 0; i < plan.signer_count; ++i) write_signature(body, payload, sorted, i, &message);
  if (message.size() > sizeof file->bytes) __builtin_trap();
  std::memcpy(file->bytes, message.data(), message.size());
  file->size = message.size();
}

}  // namespace proofmark::verify_test
