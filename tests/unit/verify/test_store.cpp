// SPDX-License-Identifier: Apache-2.0
//
// Trust stores as a device reads them: which store may take the place of which, and that each attack on the way there has
// its refusal (10xx). Signatures are real.
#include "support/harness.h"
#include "support/store_file.h"

namespace proofmark::verify_test {
namespace {

StoreFile file;
pm_trust_store opened[3];

pm_verdict open_bytes(const uint8_t* bytes, size_t size, const pm_trust_set& trusted, pm_trust_store* store = opened,
                      uint32_t flags = 0) {
  MemoryFile memory;
  memory.bytes = bytes;
  memory.size = size;
  const pm_io io = io_of(&memory);
  return pm_trust_store_open(&io, &trusted, flags, &bench()->scratch, store);
}

pm_verdict open_plan(const StorePlan& plan, const pm_trust_set& trusted, pm_trust_store* store = opened) {
  make_store(plan, &file);
  return open_bytes(file.bytes, file.size, trusted, store);
}

// What is compiled in: one root, P-256, and one program key, P-384; version 1.
pm_trust_set builtin() {
  static pm_trust_key keys[2];
  keys[0] = public_key(KeyName::kP256);
  keys[0].roles = PM_ROLE_ROOT;
  keys[1] = public_key(KeyName::kP384);
  pm_trust_set set = {};
  set.version = 1;
  set.keys = keys;
  set.key_count = 2;
  set.thresholds[0] = 1;
  set.thresholds[1] = 1;
  return set;
}

// The next version with another root: P-256 goes, the other P-256 key comes; signed by `signers`.
StorePlan rotation(uint32_t version, std::initializer_list<KeyName> signers) {
  StorePlan plan;
  plan.version = version;
  plan.keys[0].name = KeyName::kP256Other;
  plan.signer_count = 0;
  for (const KeyName signer : signers) plan.signers[plan.signer_count++] = signer;
  return plan;
}

void opens_a_store_that_its_roots_signed(void**) {
  StorePlan plan;
  plan.boards[0] = {"board-a", 3};
  plan.boards[1] = {"board-b", 4};
  plan.board_count = 2;
  plan.keys[1].flags = 0;
  plan.keys[1].boards = 2;
  plan.revoked_keys[0] = 7;
  plan.revoked_key_count = 1;
  plan.revoked_contents[0] = 8;
  plan.revoked_contents[1] = 9;
  plan.revoked_content_count = 2;
  assert_int_equal(open_plan(plan, builtin()), PM_ACCEPTED);
  const pm_trust_set& set = opened->set;
  assert_int_equal(set.version, 1);
  assert_int_equal(set.key_count, 2);
  assert_int_equal(set.board_count, 2);
  assert_string_equal(set.boards[1].name, "board-b");
  assert_int_equal(set.boards[1].minimum_security_version, 4);
  assert_int_equal(set.revoked_keys[0].bytes[31], 7);
  assert_int_equal(set.revoked_contents[1].bytes[0], 9);
  const pm_trust trust = pm_trust_for_role(&set, PM_ROLE_PROGRAM, "board-b");
  assert_int_equal(trust.threshold, 1);
  assert_int_equal(trust.role, PM_ROLE_PROGRAM);
  assert_int_equal(pm_trust_for_role(&set, PM_ROLE_BUNDLE, "board-b").threshold, 0);
}

void a_store_that_was_opened_decides_about_files(void**) {
  StorePlan plan;
  plan.boards[0] = {"qemu-amd64", kSecurityVersion};
  plan.board_count = 1;
  plan.keys[1].flags = 0;
  plan.keys[1].boards = 1;
  FilePlan signed_file = sample_plan();
  signed_file.keys[0] = KeyName::kP384;
  const auto verdict = [&] {
    if (open_plan(plan, builtin()) != PM_ACCEPTED) return PM_REFUSED;
    pm_trust trust = pm_trust_for_role(&opened->set, PM_ROLE_PROGRAM, "qemu-amd64");
    trust.kinds = PM_KIND_BIT(PM_KIND_EXECUTABLE);
    trust.machine = kMachine;
    return verify_plan(signed_file, trust);
  };
  assert_int_equal(verdict(), PM_ACCEPTED);
  plan.boards[0].minimum_security_version = kSecurityVersion + 1;
  assert_int_equal(verdict(), PM_REFUSED_SECURITY_VERSION);
  plan.boards[0] = {"another", 0};
  assert_int_equal(verdict(), PM_REFUSED_KEY_BOARD);
  // A root key vouches for stores, never for files.
  signed_file.keys[0] = KeyName::kP256;
  assert_int_equal(verdict(), PM_REFUSED_KEY_ROLE);
}

void rotates_roots_step_by_step(void**) {
  assert_int_equal(open_plan(rotation(2, {KeyName::kP256, KeyName::kP256Other}), builtin()), PM_ACCEPTED);
  StorePlan third = rotation(3, {KeyName::kP256Other, KeyName::kRsa3072});
  third.keys[0].name = KeyName::kRsa3072;
  assert_int_equal(open_plan(third, opened->set, &opened[1]), PM_ACCEPTED);
  // Version 3 means nothing to who knows version 1 only: none of those roots signed it.
  assert_int_equal(open_plan(third, builtin()), PM_REFUSED_STORE_OLD_ROOTS);
}

void skips_a_version_only_with_the_old_roots(void**) {
  assert_int_equal(open_plan(rotation(9, {KeyName::kP256, KeyName::kP256Other}), builtin()), PM_ACCEPTED);
  assert_int_equal(open_plan(rotation(9, {KeyName::kP256Other}), builtin()), PM_REFUSED_STORE_OLD_ROOTS);
}

void refuses_a_store_signed_by_one_side_only(void**) {
  assert_int_equal(open_plan(rotation(2, {KeyName::kP256Other}), builtin()), PM_REFUSED_STORE_OLD_ROOTS);
  assert_int_equal(open_plan(rotation(2, {KeyName::kP256}), builtin()), PM_REFUSED_STORE_NEW_ROOTS);
  // A key that is trusted, but not as a root.
  assert_int_equal(open_plan(rotation(2, {KeyName::kP384}), builtin()), PM_REFUSED_STORE_OLD_ROOTS);
}

void refuses_a_replayed_older_store(void**) {
  pm_trust_set newer = builtin();
  newer.version = 2;
  assert_int_equal(open_plan(StorePlan(), newer), PM_REFUSED_STORE_ROLLBACK);
  assert_int_equal(opened->set.version, 0);
  assert_int_equal(opened->set.key_count, 0);
}

void refuses_a_revoked_root(void**) {
  static pm_digest revoked;
  std::memcpy(revoked.bytes, public_key(KeyName::kP256).id, PM_DIGEST_SIZE);
  pm_trust_set trusted = builtin();
  trusted.revoked_keys = &revoked;
  trusted.revoked_key_count = 1;
  assert_int_equal(open_plan(StorePlan(), trusted), PM_REFUSED_STORE_OLD_ROOTS);
}

void counts_distinct_roots(void**) {
  StorePlan plan;
  plan.keys[1] = {KeyName::kP256Other, PM_ROLE_ROOT};
  plan.thresholds[0] = 2;
  plan.thresholds[1] = 0;
  assert_int_equal(open_plan(plan, builtin()), PM_REFUSED_STORE_NEW_ROOTS);
  plan.repeats_first_signature = true;
  assert_int_equal(open_plan(plan, builtin()), PM_REFUSED_SIGNATURE_ORDER);
  plan.repeats_first_signature = false;
  plan.signers[plan.signer_count++] = KeyName::kP256Other;
  assert_int_equal(open_plan(plan, builtin()), PM_ACCEPTED);
}

// One key under two ids would meet a threshold of two; two keys under one id would make it unclear which one signs.
void refuses_keys_listed_twice(void**) {
  StorePlan plan;
  plan.keys[1] = plan.keys[0];
  plan.thresholds[1] = 0;
  assert_int_equal(open_plan(plan, builtin()), PM_REFUSED_STORE_KEYS);

  const pm_trust_key& root = public_key(KeyName::kP256);
  const pm_trust_key& other = public_key(KeyName::kP256Other);
  const auto with_second = [&](const uint8_t* id, const pm_trust_key& bytes) {
    static CborWriter keys;
    keys = CborWriter();
    keys.array(2);
    for (int i = 0; i < 2; ++i) {
      keys.array(6);
      keys.negative(PM_ES256);
      for (const uint32_t number : {uint32_t{PM_TRUST_KEY_ANY_BOARD}, uint32_t{PM_ROLE_ROOT}, 0u}) keys.uint(number);
      keys.bytes(i == 0 ? root.id : id, PM_KEY_ID_SIZE);
      keys.bytes(i == 0 ? root.key : bytes.key, root.size);
    }
    plan.fields[PM_STORE_KEYS] = &keys;
    return open_plan(plan, builtin());
  };
  uint8_t above[PM_KEY_ID_SIZE];
  std::memset(above, 0xFF, sizeof above);
  assert_int_equal(with_second(above, other), PM_ACCEPTED);
  assert_int_equal(with_second(above, root), PM_REFUSED_STORE_KEYS);
  assert_int_equal(with_second(root.id, other), PM_REFUSED_STORE_KEYS);
}

void a_store_is_no_mark_and_a_mark_no_store(void**) {
  // A store with the trailer of a mark behind it.
  make_store(StorePlan(), &file);
  static CborWriter message;
  message = CborWriter();
  message.raw(file.bytes, file.size);
  FilePlan as_mark = sample_plan();
  as_mark.message = &message;
  assert_int_equal(verify_plan(as_mark), PM_REFUSED_MARK_CONTENT_TYPE);

  FilePlan mark = sample_plan();
  mark.detached = true;
  make_file(mark, &bench()->mark);
  assert_int_equal(open_bytes(bench()->mark.bytes, kMarkLength, builtin()), PM_REFUSED_STORE_CONTENT_TYPE);

  // A signature over the other kind of message, under the right heading.
  StorePlan moved;
  moved.content_type = PM_CONTENT_TYPE;
  moved.shown_content_type = PM_TRUST_CONTENT_TYPE;
  assert_int_equal(open_plan(moved, builtin()), PM_REFUSED_SIGNATURE_WRONG);
  moved.shown_content_type = PM_CONTENT_TYPE;
  assert_int_equal(open_plan(moved, builtin()), PM_REFUSED_STORE_CONTENT_TYPE);
}

void refuses_every_other_length(void**) {
  make_store(StorePlan(), &file);
  const size_t size = file.size;
  for (size_t cut = 0; cut < size; ++cut) assert_int_not_equal(open_bytes(file.bytes, cut, builtin()), PM_ACCEPTED);
  assert_int_equal(open_bytes(file.bytes, 0, builtin()), PM_REFUSED_STORE_SIZE);
  file.bytes[size] = 0;
  assert_int_equal(open_bytes(file.bytes, size + 1, builtin()), PM_REFUSED_STORE_TRAILING);
  static uint8_t large[PM_TRUST_STORE_MAX_SIZE + 1];
  std::memcpy(large, file.bytes, size);
  assert_int_equal(open_bytes(large, sizeof large, builtin()), PM_REFUSED_STORE_SIZE);
  assert_int_equal(open_bytes(large, sizeof large - 1, builtin()), PM_REFUSED_STORE_TRAILING);
}

void refuses_every_flipped_bit(void**) {
  make_store(StorePlan(), &file);
  for (size_t i = 0; i < file.size; ++i) {
    for (unsigned bit = 0; bit < 8; bit += 3) {
      file.bytes[i] ^= static_cast<uint8_t>(1u << bit);
      assert_int_not_equal(open_bytes(file.bytes, file.size, builtin()), PM_ACCEPTED);
      file.bytes[i] ^= static_cast<uint8_t>(1u << bit);
    }
  }
  assert_int_equal(open_bytes(file.bytes, file.size, builtin()), PM_ACCEPTED);
}

struct FormCase {
  pm_verdict expected;
  void (*spoil)(StorePlan* plan, CborWriter* field);
};

void put_digest_twice(CborWriter* out) {
  out->array(2);
  out->digest(1);
  out->digest(1);
}

constexpr FormCase kFormCases[] = {
    {PM_REFUSED_STORE_FORMAT, [](StorePlan* p, CborWriter* f) { f->uint(2), p->fields[PM_STORE_FORMAT] = f; }},
    {PM_REFUSED_STORE_FORM, [](StorePlan* p, CborWriter* f) { f->text("1"), p->fields[PM_STORE_FORMAT] = f; }},
    {PM_REFUSED_STORE_FORM, [](StorePlan* p, CborWriter*) { p->omitted[PM_STORE_VERSION] = true; }},
    {PM_REFUSED_STORE_FORM, [](StorePlan* p, CborWriter*) { p->version = 0; }},
    // The same number in a longer form than it needs, and bytes behind the map.
    {PM_REFUSED_STORE_FORM, [](StorePlan* p, CborWriter* f) { f->head(0, 1, 1), p->fields[PM_STORE_VERSION] = f; }},
    {PM_REFUSED_STORE_FORM,
     [](StorePlan* p, CborWriter* f) { make_store_payload(StorePlan(), f), f->uint(0), p->payload = f; }},
    {PM_REFUSED_STORE_BOARDS, [](StorePlan* p, CborWriter* f) { f->array(0), p->fields[PM_STORE_BOARDS] = f; }},
    {PM_REFUSED_STORE_BOARDS,
     [](StorePlan* p, CborWriter*) { p->boards[0] = {"b", 0}, p->boards[1] = {"a", 0}, p->board_count = 2; }},
    {PM_REFUSED_STORE_BOARDS,
     [](StorePlan* p, CborWriter*) { p->boards[0] = {"a", 0}, p->boards[1] = {"a", 0}, p->board_count = 2; }},
    {PM_REFUSED_STORE_BOARDS,
     [](StorePlan* p, CborWriter*) { p->boards[0] = {"a-name-longer-than-32-characters!", 0}, p->board_count = 1; }},
    {PM_REFUSED_STORE_KEYS, [](StorePlan* p, CborWriter*) { p->omitted[PM_STORE_KEYS] = true; }},
    {PM_REFUSED_STORE_KEYS, [](StorePlan* p, CborWriter*) { p->keys_unsorted = true; }},
    {PM_REFUSED_STORE_KEYS, [](StorePlan* p, CborWriter*) { p->keys[1].roles = 0; }},
    {PM_REFUSED_STORE_KEYS, [](StorePlan* p, CborWriter*) { p->keys[1].roles = 32; }},
    {PM_REFUSED_STORE_KEYS, [](StorePlan* p, CborWriter*) { p->keys[1].flags = 4; }},
    // For no board, for a board that is in no table, for some boards and for all.
    {PM_REFUSED_STORE_KEYS, [](StorePlan* p, CborWriter*) { p->keys[1].flags = 0; }},
    {PM_REFUSED_STORE_KEYS, [](StorePlan* p, CborWriter*) { p->keys[1].flags = 0, p->keys[1].boards = 1; }},
    {PM_REFUSED_STORE_KEYS,
     [](StorePlan* p, CborWriter*) { p->boards[0] = {"a", 0}, p->board_count = 1, p->keys[1].boards = 1; }},
    {PM_REFUSED_STORE_THRESHOLDS, [](StorePlan* p, CborWriter*) { p->thresholds[1] = 2; }},
    {PM_REFUSED_STORE_THRESHOLDS, [](StorePlan* p, CborWriter*) { p->thresholds[1] = 0; }},
    {PM_REFUSED_STORE_THRESHOLDS, [](StorePlan* p, CborWriter*) { p->thresholds[2] = 1; }},
    {PM_REFUSED_STORE_THRESHOLDS,
     [](StorePlan* p, CborWriter*) { p->keys[0].roles = PM_ROLE_PROGRAM, p->thresholds[0] = 0; }},
    {PM_REFUSED_STORE_REVOCATIONS,
     [](StorePlan* p, CborWriter* f) { put_digest_twice(f), p->fields[PM_STORE_REVOKED_KEYS] = f; }},
    {PM_REFUSED_STORE_REVOCATIONS,
     [](StorePlan* p, CborWriter* f) { put_digest_twice(f), p->fields[PM_STORE_REVOKED_CONTENTS] = f; }},
    {PM_REFUSED_STORE_REVOCATIONS,
     [](StorePlan* p, CborWriter* f) {
       f->array(1), f->bytes(public_key(KeyName::kP384).id, 32), p->fields[PM_STORE_REVOKED_KEYS] = f;
     }},
};

void refuses_each_contradiction(void**) {
  for (const FormCase& one : kFormCases) {
    static CborWriter field;
    field = CborWriter();
    StorePlan plan;
    one.spoil(&plan, &field);
    assert_int_equal(open_plan(plan, builtin()), one.expected);
  }
}

void accepts_test_keys_in_a_store_only_where_allowed(void**) {
  StorePlan plan;
  plan.keys[1].flags |= PM_TRUST_KEY_TEST;
  assert_int_equal(open_plan(plan, builtin()), PM_REFUSED_STORE_TEST_KEY);
  assert_int_equal(open_bytes(file.bytes, file.size, builtin(), opened, PM_TRUST_ALLOW_TEST_KEYS), PM_ACCEPTED);
  assert_int_equal(open_bytes(file.bytes, file.size, builtin(), opened, PM_TRUST_ANY_BOARD), PM_REFUSED_TRUST_VERSION);
}

void needs_roots_to_begin_with(void**) {
  const pm_trust_set nothing = {};
  assert_int_equal(open_plan(StorePlan(), nothing), PM_REFUSED_STORE_TRUSTED);
  pm_trust_set without_version = builtin();
  without_version.version = 0;
  assert_int_equal(open_plan(StorePlan(), without_version), PM_REFUSED_STORE_TRUSTED);
  pm_trust_set without_roots = builtin();
  without_roots.thresholds[0] = 0;
  assert_int_equal(open_plan(StorePlan(), without_roots), PM_REFUSED_STORE_TRUSTED);
  pm_trust_set without_table = builtin();
  without_table.revoked_key_count = 1;
  assert_int_equal(open_plan(StorePlan(), without_table), PM_REFUSED_STORE_TRUSTED);
}

void refuses_missing_arguments_and_failing_reads(void**) {
  MemoryFile memory;
  memory.bytes = file.bytes;
  memory.size = file.size;
  const pm_io io = io_of(&memory);
  const pm_io half = {&memory, memory_size, nullptr};
  const pm_trust_set trusted = builtin();
  pm_scratch* scratch = &bench()->scratch;
  assert_int_equal(pm_trust_store_open(nullptr, &trusted, 0, scratch, opened), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_trust_store_open(&half, &trusted, 0, scratch, opened), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_trust_store_open(&io, nullptr, 0, scratch, opened), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_trust_store_open(&io, &trusted, 0, nullptr, opened), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_trust_store_open(&io, &trusted, 0, scratch, nullptr), PM_REFUSED_ARGUMENT);
  memory.fail_size = true;
  assert_int_equal(pm_trust_store_open(&io, &trusted, 0, scratch, opened), PM_REFUSED_STORE_READ);
  memory.fail_size = false;
  memory.fail_at_call = 0;
  assert_int_equal(pm_trust_store_open(&io, &trusted, 0, scratch, opened), PM_REFUSED_STORE_READ);
  assert_int_equal(pm_verdict_exit_code(PM_REFUSED_STORE_READ), 3);
  assert_int_equal(pm_verdict_exit_code(PM_REFUSED_STORE_ROLLBACK), 1);
}

}  // namespace
}  // namespace proofmark::verify_test

using namespace proofmark::verify_test;

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(opens_a_store_that_its_roots_signed),
      cmocka_unit_test(a_store_that_was_opened_decides_about_files),
      cmocka_unit_test(rotates_roots_step_by_step),
      cmocka_unit_test(skips_a_version_only_with_the_old_roots),
      cmocka_unit_test(refuses_a_store_signed_by_one_side_only),
      cmocka_unit_test(refuses_a_replayed_older_store),
      cmocka_unit_test(refuses_a_revoked_root),
      cmocka_unit_test(counts_distinct_roots),
      cmocka_unit_test(refuses_keys_listed_twice),
      cmocka_unit_test(a_store_is_no_mark_and_a_mark_no_store),
      cmocka_unit_test(refuses_every_other_length),
      cmocka_unit_test(refuses_every_flipped_bit),
      cmocka_unit_test(refuses_each_contradiction),
      cmocka_unit_test(accepts_test_keys_in_a_store_only_where_allowed),
      cmocka_unit_test(needs_roots_to_begin_with),
      cmocka_unit_test(refuses_missing_arguments_and_failing_reads),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
