// SPDX-License-Identifier: Apache-2.0
//
// What a trust can say about its keys, boards and single files (roles, boards, minimum versions, revocations), and that
// pm_verify() obeys it whatever the caller adds.
#include "support/harness.h"

namespace proofmark::verify_test {
namespace {

// What a trust store can say about a key, a board and a file.
struct Limits {
  pm_trust_key keys[2] = {public_key(KeyName::kP256), public_key(KeyName::kP384)};
  pm_trust_board boards[2] = {{"other-board", 0}, {"qemu-amd64", kSecurityVersion}};
  pm_digest digests[2] = {};
  FilePlan plan = sample_plan();
  pm_trust trust = trust_in(keys, 2);

  Limits() {
    plan.keys[1] = KeyName::kP384;
    plan.key_count = 2;
    trust.boards = boards;
    trust.board_count = 2;
    trust.revoked_keys = digests;
    trust.revoked_contents = digests;
  }
};

struct LimitCase {
  pm_verdict expected;
  void (*limit)(Limits* l);
};

constexpr LimitCase kLimitCases[] = {
    {PM_ACCEPTED, [](Limits* l) { l->trust.threshold = 2; }},
    // A revoked key is passed over; it does not spoil the signature of another.
    {PM_REFUSED_KEY_REVOKED, [](Limits* l) { l->trust.threshold = 2, l->trust.revoked_key_count = 1; }},
    {PM_ACCEPTED, [](Limits* l) { l->trust.revoked_key_count = 1; }},
    {PM_REFUSED_KEY_REVOKED, [](Limits* l) { l->trust.revoked_key_count = 1, l->plan.key_count = 1; }},
    {PM_REFUSED_KEY_REVOKED,
     [](Limits* l) { l->trust.revoked_key_count = 1, l->plan.key_count = 1, l->trust.keys++, l->trust.key_count = 1; }},
    {PM_REFUSED_KEY_ROLE, [](Limits* l) { l->trust.threshold = 2, l->keys[1].roles = PM_ROLE_BUNDLE; }},
    {PM_REFUSED_KEY_ROLE, [](Limits* l) { l->trust.role = PM_ROLE_BUNDLE; }},
    {PM_REFUSED_KEY_ROLE, [](Limits* l) { l->trust.threshold = 2, l->keys[0].roles = 0; }},
    {PM_ACCEPTED, [](Limits* l) { l->trust.threshold = 2, l->keys[0].flags = 0, l->keys[0].boards = 2; }},
    {PM_REFUSED_KEY_BOARD, [](Limits* l) { l->trust.threshold = 2, l->keys[0].flags = 0, l->keys[0].boards = 1; }},
    {PM_REFUSED_KEY_BOARD, [](Limits* l) { l->trust.threshold = 2, l->keys[0].flags = 0, l->keys[0].boards = ~2u; }},
    {PM_REFUSED_KEY_BOARD,
     [](Limits* l) { l->trust.threshold = 2, l->keys[0].flags = 0, l->keys[0].boards = 3, l->trust.board_count = 1; }},
    {PM_ACCEPTED,
     [](Limits* l) {
       l->trust.threshold = 2, l->keys[0].flags = 0, l->keys[0].boards = 1, l->trust.flags = PM_TRUST_ANY_BOARD;
     }},
    {PM_REFUSED_SECURITY_VERSION, [](Limits* l) { ++l->boards[1].minimum_security_version; }},
    {PM_ACCEPTED, [](Limits* l) { ++l->boards[0].minimum_security_version; }},
    {PM_REFUSED_SECURITY_VERSION, [](Limits* l) { l->trust.minimum_security_version = kSecurityVersion + 1; }},
    {PM_REFUSED_REVOKED, [](Limits* l) { l->trust.revoked_content_count = 2; }},
    {PM_ACCEPTED, [](Limits* l) { l->trust.revoked_content_count = 1; }},
};

void obeys_the_limits_of_a_trust_store(void**) {
  for (const LimitCase& one : kLimitCases) {
    Limits limits;
    std::memcpy(limits.digests[0].bytes, limits.keys[0].id, PM_DIGEST_SIZE);
    reference_content_digest(limits.plan.content, limits.plan.content_size, limits.digests[1].bytes);
    one.limit(&limits);
    assert_int_equal(verify_plan(limits.plan, limits.trust), one.expected);
  }
}

}  // namespace
}  // namespace proofmark::verify_test

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(proofmark::verify_test::obeys_the_limits_of_a_trust_store),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
