// SPDX-License-Identifier: Apache-2.0
//
// Makes trust stores for tests, correct by default and wrong in exactly the way a test asks for. Written apart from the
// signer, as marked_file is.
#pragma once

#include <proofmark/verify.h>

#include "cbor_writer.h"
#include "test_key.h"

namespace proofmark::verify_test {

struct StoreKey {
  KeyName name = KeyName::kP256;
  uint32_t roles = PM_ROLE_ROOT;
  uint32_t flags = PM_TRUST_KEY_ANY_BOARD;
  uint32_t boards = 0;
};

struct StoreBoard {
  const char* name;
  uint32_t minimum_security_version;
};

struct StorePlan {
  uint32_t version = 1;
  StoreKey keys[4] = {{KeyName::kP256, PM_ROLE_ROOT}, {KeyName::kP384, PM_ROLE_PROGRAM}};
  unsigned key_count = 2;
  uint32_t thresholds[PM_ROLE_COUNT] = {1, 1, 0, 0, 0};
  StoreBoard boards[3] = {};
  unsigned board_count = 0;
  uint8_t revoked_keys[2] = {};  // ids of this byte, 32 times
  unsigned revoked_key_count = 0;
  uint8_t revoked_contents[2] = {};
  unsigned revoked_content_count = 0;

  const CborWriter* fields[8] = {};     // by key of the map: the value, instead of the one above
  bool omitted[8] = {};                 // leave a pair out
  const CborWriter* payload = nullptr;  // instead of the whole map

  KeyName signers[4] = {KeyName::kP256};
  unsigned signer_count = 1;
  bool repeats_first_signature = false;
  bool keys_unsorted = false;
  const char* content_type = PM_TRUST_CONTENT_TYPE;
  const char* shown_content_type = nullptr;  // in the message, when it is another than in what is signed
};

struct StoreFile {
  uint8_t bytes[32768];
  size_t size;
};

void make_store(const StorePlan& plan, StoreFile* file);

// The payload alone.
void make_store_payload(const StorePlan& plan, CborWriter* out);

}  // namespace proofmark::verify_test
