// SPDX-License-Identifier: Apache-2.0
//
// One number for everything that a trust set says (docs/measured-boot.md), for devices that record whom they trusted.
#include <proofmark/hash.h>

#include "bytes.h"

using namespace proofmark::verify;

// Both architectures are little endian and lay these structures out without padding, so their bytes are the encoding.
static_assert(sizeof(pm_trust_key) == 568 && sizeof(pm_trust_board) == 40 && sizeof(pm_digest) == 32);

namespace {

// An empty table may have no address.
void add_table(pm_sha256* hash, const void* table, size_t size) {
  if (size != 0) pm_sha256_update(hash, table, size);
}

}  // namespace

void pm_trust_digest(const pm_trust_set* set, uint8_t digest[PM_DIGEST_SIZE]) {
  pm_sha256 hash;
  pm_sha256_start(&hash, pm_choose_hash_kernel());
  const uint32_t counts[] = {set->version, set->key_count, set->board_count, set->revoked_key_count,
                             set->revoked_content_count};
  pm_sha256_update(&hash, counts, sizeof counts);
  pm_sha256_update(&hash, set->thresholds, sizeof set->thresholds);
  add_table(&hash, set->keys, set->key_count * sizeof *set->keys);
  add_table(&hash, set->boards, set->board_count * sizeof *set->boards);
  add_table(&hash, set->revoked_keys, set->revoked_key_count * sizeof *set->revoked_keys);
  add_table(&hash, set->revoked_contents, set->revoked_content_count * sizeof *set->revoked_contents);
  pm_sha256_finish(&hash, digest);
}
