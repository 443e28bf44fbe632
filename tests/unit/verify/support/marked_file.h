// SPDX-License-Identifier: Apache-2.0
//
// Makes signed files for tests, correct by default and wrong in exactly the way a test asks for. The digests are computed
// by a plain second implementation (the whole Merkle tree in memory, mbedTLS for SHA), not by the code under test.
#pragma once

#include <proofmark/verify.h>

#include "cbor_writer.h"
#include "test_key.h"

namespace proofmark::verify_test {

constexpr size_t kMarkLength = 2048;
constexpr uint32_t kSecurityVersion = 7;
constexpr uint64_t kProperties = 0x3fff;
constexpr uint16_t kMachine = 62;

// A piece of the manifest or of the message that a test replaces: encoded bytes instead of the correct ones.
struct Replacement {
  const CborWriter* bytes = nullptr;  // NULL: leave as it is
  bool omitted = false;               // leave the piece out altogether (a map then has one pair less)
};

struct FilePlan {
  const uint8_t* content = nullptr;
  size_t content_size = 0;
  const char* name = "gateway";
  uint32_t kind = PM_KIND_EXECUTABLE;
  uint32_t machine = kMachine;
  const char* board = "qemu-amd64";
  uint32_t security_version = kSecurityVersion;
  uint32_t proof_status = PM_PROVEN;
  uint64_t properties = kProperties;
  bool with_segments = false;  // two segments: the first half of the content and the rest
  bool with_all_fields = false;

  // By manifest key, 1 to 9. A replacement of an absent optional key adds it.
  Replacement manifest[10] = {};
  const CborWriter* payload = nullptr;  // instead of the whole manifest

  KeyName keys[5] = {KeyName::kP256};
  unsigned key_count = 1;
  bool keys_unsorted = false;
  int32_t claimed_algorithm = 0;  // 0: that of the key
  size_t signature_size = 0;      // 0: as the key makes it; else cut or zero-filled
  const CborWriter* signer_protected = nullptr;
  const CborWriter* signature_unprotected = nullptr;

  const CborWriter* body_protected = nullptr;  // the whole item, with its head
  const CborWriter* body_unprotected = nullptr;
  const CborWriter* payload_item = nullptr;     // the whole item, with its head
  const CborWriter* signatures_item = nullptr;  // the whole array
  const CborWriter* message = nullptr;          // everything

  uint64_t trailer_mark_length = 0;              // 0: as it is
  uint64_t trailer_covered_length = UINT64_MAX;  // UINT64_MAX: as it is
  uint32_t trailer_version = PM_FORMAT_VERSION;
  uint32_t trailer_reserved = 0;
  uint8_t padding = 0;    // last byte of the mark area
  bool detached = false;  // the file made is the mark alone
};

struct MarkedFile {
  uint8_t bytes[1 << 20];
  size_t size;
};

// A plan for `size` bytes of content, correct in every respect.
FilePlan plan_for(const uint8_t* content, size_t size);

void make_file(const FilePlan& plan, MarkedFile* file);

// The fs-verity digest of `size` bytes, by the second implementation.
void reference_content_digest(const uint8_t* content, size_t size, uint8_t digest[PM_DIGEST_SIZE]);

// Trust that accepts files made by plan_for(): one key, this board and machine, proof demanded.
pm_trust trust_in(const pm_trust_key* keys, uint32_t count);

}  // namespace proofmark::verify_test
