// SPDX-License-Identifier: Apache-2.0
//
// See marked_file.h.
#include "marked_file.h"

#include <mbedtls/sha256.h>

#include <algorithm>
#include <vector>

namespace proofmark::verify_test {
namespace {

using ByteVector = std::vector<uint8_t>;

void append_le(ByteVector* bytes, uint64_t value, unsigned size) {
  for (unsigned i = 0; i < size; ++i) bytes->push_back(static_cast<uint8_t>(value >> (8 * i)));
}

// One level of the tree: the digests of the 4 KiB blocks of `data`, the last one filled with zeros.
ByteVector hash_blocks(const ByteVector& data) {
  ByteVector digests;
  for (size_t offset = 0; offset < data.size(); offset += PM_BLOCK_SIZE) {
    uint8_t block[PM_BLOCK_SIZE] = {};
    std::memcpy(block, data.data() + offset, std::min<size_t>(PM_BLOCK_SIZE, data.size() - offset));
    uint8_t digest[32];
    mbedtls_sha256(block, sizeof block, digest, 0);
    digests.insert(digests.end(), digest, digest + sizeof digest);
  }
  return digests;
}

void write_subject(const FilePlan& plan, CborWriter* out) {
  out->map(4);
  out->uint(PM_SUBJECT_NAME);
  out->text(plan.name);
  out->uint(PM_SUBJECT_KIND);
  out->uint(plan.kind);
  out->uint(PM_SUBJECT_MACHINE);
  out->uint(plan.machine);
  out->uint(PM_SUBJECT_BOARDS);
  out->array(2);
  out->text("other-board");
  out->text(plan.board);
}

void write_segment(const FilePlan& plan, size_t offset, size_t length, CborWriter* out) {
  uint8_t digest[32];
  mbedtls_sha256(plan.content + offset, length, digest, 0);
  out->array(3);
  out->uint(offset);
  out->uint(length);
  out->bytes(digest, sizeof digest);
}

void write_content(const FilePlan& plan, CborWriter* out) {
  uint8_t digest[PM_DIGEST_SIZE];
  reference_content_digest(plan.content, plan.content_size, digest);
  out->map(3u + plan.with_all_fields + plan.with_segments);
  out->uint(PM_CONTENT_LENGTH);
  out->uint(plan.content_size);
  out->uint(PM_CONTENT_DIGEST);
  out->bytes(digest, sizeof digest);
  out->uint(PM_CONTENT_MARK_LENGTH);
  out->uint(kMarkLength);
  if (plan.with_all_fields) {
    out->uint(PM_CONTENT_ORIGINAL);
    out->array(4);
    out->uint(plan.content_size);
    for (const uint64_t value : {64u, 10u, 9u}) out->uint(value);
  }
  if (plan.with_segments) {
    const size_t half = plan.content_size / 2;
    out->uint(PM_CONTENT_SEGMENTS);
    out->array(2);
    write_segment(plan, 0, half, out);
    write_segment(plan, half, plan.content_size - half, out);
  }
}

void write_proof(const FilePlan& plan, CborWriter* out) {
  out->map(7);
  out->uint(PM_PROOF_STATUS);
  out->uint(plan.proof_status);
  out->uint(PM_PROOF_POLICY);
  out->digest(0xAB);
  out->uint(PM_PROOF_PROPERTIES);
  out->uint(plan.properties);
  const uint64_t counts[] = {12, 12, 0, 3};
  for (unsigned i = 0; i < 4; ++i) {
    out->uint(PM_PROOF_UNITS_ANALYSED + i);
    out->uint(counts[i]);
  }
}

void write_build(CborWriter* out) {
  out->map(5);
  out->uint(PM_BUILD_ID);
  out->bytes("0123456789abcdefghij", 20);
  for (uint8_t key = PM_BUILD_SOURCE_TREE; key <= PM_BUILD_PROVENANCE; ++key) {
    out->uint(key);
    out->digest(key);
  }
}

void write_runtime(CborWriter* out) {
  out->map(4);
  out->uint(PM_RUNTIME_SYSCALLS);
  out->array(3);
  for (const uint64_t number : {0u, 1u, 231u}) out->uint(number);
  out->uint(PM_RUNTIME_CAPABILITIES);
  out->uint(uint64_t{1} << 10);
  out->uint(PM_RUNTIME_FLAGS);
  out->uint(0);
  out->uint(PM_RUNTIME_ENVIRONMENT);
  out->array(1);
  out->text("GATEWAY_CONFIG");
}

void write_dependencies(CborWriter* out) {
  out->array(1);
  out->array(2);
  out->text("libc.so.6");
  out->digest(0x11);
}

void write_bindings(CborWriter* out) {
  out->map(3);
  for (uint8_t key = PM_BINDING_TLS_CERTIFICATE; key <= PM_BINDING_SYMBOLS; ++key) {
    out->uint(key);
    out->digest(key);
  }
}

// The value of one manifest key as a correct signer writes it; false for an optional key that the plan leaves out.
bool write_field(const FilePlan& plan, unsigned key, CborWriter* out) {
  switch (key) {
    case PM_KEY_VERSION:
      return out->uint(PM_MANIFEST_VERSION), true;
    case PM_KEY_SUBJECT:
      return write_subject(plan, out), true;
    case PM_KEY_CONTENT:
      return write_content(plan, out), true;
    case PM_KEY_SECURITY_VERSION:
      return out->uint(plan.security_version), true;
    case PM_KEY_PROOF:
      return write_proof(plan, out), true;
    case PM_KEY_BUILD:
      return plan.with_all_fields && (write_build(out), true);
    case PM_KEY_RUNTIME:
      return plan.with_all_fields && (write_runtime(out), true);
    case PM_KEY_DEPENDENCIES:
      return plan.with_all_fields && (write_dependencies(out), true);
    default:
      return plan.with_all_fields && (write_bindings(out), true);
  }
}

void write_manifest(const FilePlan& plan, CborWriter* out) {
  static CborWriter pairs;
  pairs = CborWriter();
  unsigned count = 0;
  for (unsigned key = 1; key <= 9; ++key) {
    if (plan.manifest[key].omitted) continue;
    static CborWriter value;
    value = CborWriter();
    const bool present = write_field(plan, key, &value);
    const CborWriter* replaced = plan.manifest[key].bytes;
    if (!present && replaced == nullptr) continue;
    pairs.uint(key);
    pairs.raw(replaced != nullptr ? *replaced : value);
    ++count;
  }
  out->map(count);
  out->raw(pairs);
}

struct SignedParts {
  CborWriter body_protected;  // content of the byte string
  CborWriter payload;
};

void write_signer_protected(const FilePlan& plan, KeyName key, CborWriter* out) {
  out->map(2);
  out->uint(PM_COSE_HEADER_ALGORITHM);
  out->negative(plan.claimed_algorithm != 0 ? plan.claimed_algorithm : public_key(key).algorithm);
  out->uint(PM_COSE_HEADER_KEY_ID);
  out->bytes(public_key(key).id, PM_KEY_ID_SIZE);
}

// Sig_structure, RFC 9052 section 4.4, put together in full.
const CborWriter& to_be_signed(const SignedParts& parts, const CborWriter& signer) {
  static CborWriter structure;
  structure = CborWriter();
  structure.array(5);
  structure.text("Signature");
  structure.bytes(parts.body_protected.data(), parts.body_protected.size());
  structure.bytes(signer.data(), signer.size());
  structure.bytes("", 0);
  structure.bytes(parts.payload.data(), parts.payload.size());
  return structure;
}

void write_signature(const FilePlan& plan, const SignedParts& parts, KeyName key, CborWriter* out) {
  CborWriter* signer = new CborWriter();
  if (plan.signer_protected != nullptr) signer->raw(*plan.signer_protected);
  if (plan.signer_protected == nullptr) write_signer_protected(plan, key, signer);
  const CborWriter& structure = to_be_signed(parts, *signer);
  static uint8_t signature[PM_SIGNATURE_MAX_SIZE];
  std::memset(signature, 0, sizeof signature);
  size_t size = sign_message(key, {structure.data(), structure.size()}, signature);
  if (plan.signature_size != 0) size = plan.signature_size;

  out->array(3);
  out->bytes(signer->data(), signer->size());
  plan.signature_unprotected != nullptr ? out->raw(*plan.signature_unprotected) : out->map(0);
  out->bytes(signature, size);
  delete signer;
}

void write_signatures(const FilePlan& plan, const SignedParts& parts, CborWriter* out) {
  KeyName keys[5];
  std::copy(plan.keys, plan.keys + plan.key_count, keys);
  const auto by_id = [](KeyName a, KeyName b) { return std::memcmp(public_key(a).id, public_key(b).id, 32) < 0; };
  std::sort(keys, keys + plan.key_count, by_id);
  if (plan.keys_unsorted) std::reverse(keys, keys + plan.key_count);
  out->array(plan.key_count);
  for (unsigned i = 0; i < plan.key_count; ++i) write_signature(plan, parts, keys[i], out);
}

void write_message(const FilePlan& plan, CborWriter* out) {
  static SignedParts parts;
  parts = SignedParts();
  parts.body_protected.map(1);
  parts.body_protected.uint(PM_COSE_HEADER_CONTENT_TYPE);
  parts.body_protected.text(PM_CONTENT_TYPE);
  if (plan.payload != nullptr) parts.payload.raw(*plan.payload);
  if (plan.payload == nullptr) write_manifest(plan, &parts.payload);

  out->tag(PM_COSE_SIGN_TAG);
  out->array(4);
  plan.body_protected != nullptr ? out->raw(*plan.body_protected)
                                 : out->bytes(parts.body_protected.data(), parts.body_protected.size());
  plan.body_unprotected != nullptr ? out->raw(*plan.body_unprotected) : out->map(0);
  plan.payload_item != nullptr ? out->raw(*plan.payload_item) : out->bytes(parts.payload.data(), parts.payload.size());
  plan.signatures_item != nullptr ? out->raw(*plan.signatures_item) : write_signatures(plan, parts, out);
}

}  // namespace

FilePlan plan_for(const uint8_t* content, size_t size) {
  FilePlan plan;
  plan.content = content;
  plan.content_size = size;
  return plan;
}

void make_file(const FilePlan& plan, MarkedFile* file) {
  static CborWriter message;
  message = CborWriter();
  plan.message != nullptr ? message.raw(*plan.message) : write_message(plan, &message);
  if (message.size() > kMarkLength) __builtin_trap();

  ByteVector bytes;
  if (!plan.detached) bytes.assign(plan.content, plan.content + plan.content_size);
  bytes.insert(bytes.end(), message.data(), message.data() + message.size());
  bytes.resize(bytes.size() + kMarkLength - message.size());
  if (plan.padding != 0) bytes.back() = plan.padding;
  const char* magic = PM_TRAILER_MAGIC;
  bytes.insert(bytes.end(), magic, magic + PM_TRAILER_MAGIC_SIZE);
  append_le(&bytes, plan.trailer_version, 4);
  append_le(&bytes, plan.trailer_reserved, 4);
  append_le(&bytes, plan.trailer_mark_length != 0 ? plan.trailer_mark_length : kMarkLength, 8);
  append_le(&bytes, plan.trailer_covered_length != UINT64_MAX ? plan.trailer_covered_length : plan.content_size, 8);
  if (bytes.size() > sizeof file->bytes) __builtin_trap();
  std::memcpy(file->bytes, bytes.data(), bytes.size());
  file->size = bytes.size();
}

void reference_content_digest(const uint8_t* content, size_t size, uint8_t digest[PM_DIGEST_SIZE]) {
  ByteVector level(content, content + size);
  if (size != 0) {
    do {
      level = hash_blocks(level);
    } while (level.size() > 32);
  }
  level.resize(64);
  ByteVector descriptor = {1, 1, 12, 0, 0, 0, 0, 0};
  append_le(&descriptor, size, 8);
  descriptor.insert(descriptor.end(), level.begin(), level.end());
  descriptor.resize(256);
  mbedtls_sha256(descriptor.data(), descriptor.size(), digest, 0);
}

pm_trust trust_in(const pm_trust_key* keys, uint32_t count) {
  pm_trust trust = {};
  trust.version = PM_TRUST_VERSION;
  trust.keys = keys;
  trust.key_count = count;
  trust.threshold = 1;
  trust.role = PM_ROLE_PROGRAM;
  trust.board = "qemu-amd64";
  trust.kinds = PM_KIND_BIT(PM_KIND_EXECUTABLE);
  trust.machine = kMachine;
  return trust;
}

}  // namespace proofmark::verify_test
