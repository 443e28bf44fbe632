// SPDX-License-Identifier: Apache-2.0
//
// From a set to the trust in one of its roles. Apart from the reader of stores, because a device program that has its
// trust compiled in needs this and no more.
#include "bytes.h"

using namespace proofmark::verify;

pm_trust pm_trust_for_role(const pm_trust_set* set, pm_role role, const char* board) {
  pm_trust trust;
  zero_bytes(&trust, sizeof trust);
  trust.version = PM_TRUST_VERSION;
  trust.keys = set->keys;
  trust.key_count = set->key_count;
  for (uint32_t i = 0; i < PM_ROLE_COUNT; ++i) {
    if (role == 1u << i) trust.threshold = set->thresholds[i];
  }
  trust.board = board;
  trust.role = role;
  trust.boards = set->boards;
  trust.board_count = set->board_count;
  trust.revoked_keys = set->revoked_keys;
  trust.revoked_key_count = set->revoked_key_count;
  trust.revoked_contents = set->revoked_contents;
  trust.revoked_content_count = set->revoked_content_count;
  return trust;
}
