// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target for what reads trust stores. The first byte of an input says what the rest is: a whole file, checked against
// the test keys as roots, or a payload as if its signatures had been good. What passes must keep the promises of a set:
// ascending lists, thresholds that keys can meet, and nothing outside the store's own memory.
#include <proofmark/verify.h>

#include <cstdlib>
#include <cstring>
#include <vector>

#include "../../verify/src/session.h"
#include "../../verify/src/trust_store.h"
#include "view.h"

namespace {

pm_trust_store store;

void require(bool condition) {
  if (!condition) std::abort();
}

void check_set(const pm_trust_set& set) {
  require(set.version != 0 && set.key_count >= 1 && set.key_count <= PM_TRUST_KEYS_MAX);
  require(set.board_count <= PM_TRUST_BOARDS_MAX && set.revoked_key_count <= PM_TRUST_REVOKED_KEYS_MAX);
  require(set.revoked_content_count <= PM_TRUST_REVOKED_CONTENTS_MAX && set.thresholds[0] != 0);
  for (uint32_t i = 0; i < set.key_count; ++i) {
    require(set.keys[i].roles != 0 && set.keys[i].size <= PM_KEY_MAX_SIZE);
    require(i == 0 || std::memcmp(set.keys[i - 1].id, set.keys[i].id, PM_KEY_ID_SIZE) < 0);
  }
  for (uint32_t i = 0; i < set.board_count; ++i) {
    const size_t length = strnlen(set.boards[i].name, PM_TRUST_BOARD_NAME_SIZE);
    require(length >= 1 && length <= PM_BOARD_NAME_MAX);
  }
}

void open_file(View view) {
  static pm_scratch scratch;
  static pm_trust_key keys[PM_TRUST_KEYS_MAX];
  pm_trust_set trusted = pm_trust_builtin;
  for (uint32_t i = 0; i < trusted.key_count; ++i) {
    keys[i] = pm_trust_keys[i];
    keys[i].roles = PM_ROLE_ROOT;
  }
  trusted.keys = keys;
  trusted.version = 1;
  trusted.thresholds[0] = 1;
  const pm_io io = {&view, view_size, view_read};
  const pm_verdict verdict = pm_trust_store_open(&io, &trusted, PM_TRUST_ALLOW_TEST_KEYS, &scratch, &store);
  // Only the corpus holds signatures that are good. Nothing of a refused store may be left.
  if (verdict == PM_ACCEPTED) return check_set(store.set);
  require(store.set.version == 0 && store.set.key_count == 0 && store.keys[0].size == 0);
}

void decode(View view) {
  const std::vector<uint8_t> exact(view.bytes,
                                   view.bytes + view.size);  // its own allocation, so that overruns are seen
  const pm_verdict verdict = proofmark::verify::decode_trust_store({exact.data(), exact.size()}, &store);
  require(verdict != PM_ACCEPTED);
  if (verdict == proofmark::verify::kPassed) check_set(store.set);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const View rest = {data + 1, size - 1};
  data[0] % 2 == 0 ? open_file(rest) : decode(rest);
  return 0;
}
