// SPDX-License-Identifier: Apache-2.0
//
// The verifier as its callers see it: what it accepts, and that each thing a caller hands in or demands has its refusal
// (1xx, 4xx, 6xx, 7xx). Signatures are real.
#include "support/harness.h"

namespace proofmark::verify_test {
namespace {

void accepts_each_algorithm(void**) {
  for (const KeyName key : {KeyName::kRsa3072, KeyName::kRsa4096, KeyName::kP256, KeyName::kP384, KeyName::kHss}) {
    FilePlan plan = sample_plan();
    plan.keys[0] = key;
    assert_int_equal(verify_plan(plan), PM_ACCEPTED);
    assert_int_equal(bench()->result.key_count, 1);
    assert_memory_equal(bench()->result.keys[0], public_key(key).id, PM_KEY_ID_SIZE);
    assert_int_equal(bench()->result.security_version, kSecurityVersion);
    assert_string_equal(bench()->result.name, "gateway");
  }
}

void accepts_all_optional_fields(void**) {
  FilePlan plan = sample_plan();
  plan.with_all_fields = true;
  plan.with_segments = true;
  assert_int_equal(verify_plan(plan), PM_ACCEPTED);
  const pm_manifest& manifest = bench()->result.manifest;
  assert_int_equal(manifest.build_id.size, 20);
  assert_int_equal(manifest.original_shnum, 10);
  assert_int_equal(manifest.segment_count, 2);
  assert_int_equal(manifest.syscall_count, 3);
  assert_int_equal(manifest.syscalls[2], 231);
  assert_int_equal(manifest.runtime_flags, 0);
  assert_int_equal(manifest.environment_count, 1);
  assert_int_equal(manifest.dependency_count, 1);
  assert_int_equal(manifest.symbols[0], PM_BINDING_SYMBOLS);
}

void accepts_empty_content(void**) {
  const uint8_t nothing = 0;
  FilePlan plan = plan_for(&nothing, 0);
  assert_int_equal(verify_plan(plan), PM_ACCEPTED);
}

void accepts_any_board_mark(void**) {
  FilePlan plan = sample_plan();
  plan.board = PM_ANY_BOARD;
  assert_int_equal(verify_plan(plan), PM_ACCEPTED);
}

void no_new_privileges_unless_the_mark_says_otherwise(void**) {
  assert_int_equal(verify_plan(sample_plan()), PM_ACCEPTED);
  assert_int_equal(bench()->result.manifest.runtime_flags, PM_RUNTIME_NO_NEW_PRIVILEGES);
}

void reads_each_byte_exactly_once(void**) {
  static uint8_t counts[sizeof(MarkedFile)];
  make_file(sample_plan(), &bench()->file);
  MemoryFile memory;
  memory.bytes = bench()->file.bytes;
  memory.size = bench()->file.size;
  memory.read_counts = counts;
  const pm_io io = io_of(&memory);
  const pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
  assert_int_equal(pm_verify(&io, &trust, &bench()->scratch, &bench()->result), PM_ACCEPTED);
  for (size_t i = 0; i < memory.size; ++i) assert_int_equal(counts[i], 1);
}

void zeroed_trust_refuses(void**) {
  const pm_trust nothing = {};
  assert_int_equal(verify_plan(sample_plan(), nothing), PM_REFUSED_TRUST_VERSION);
}

void refuses_missing_arguments(void**) {
  MemoryFile memory;
  const pm_io io = io_of(&memory);
  const pm_io half = {&memory, nullptr, memory_read};
  const pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
  pm_scratch* scratch = &bench()->scratch;
  pm_result* result = &bench()->result;
  assert_int_equal(pm_verify(nullptr, &trust, scratch, result), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_verify(&half, &trust, scratch, result), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_verify(&io, nullptr, scratch, result), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_verify(&io, &trust, nullptr, result), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_verify(&io, &trust, scratch, nullptr), PM_REFUSED_ARGUMENT);
  assert_int_equal(pm_verify_detached(&io, nullptr, &trust, scratch, result), PM_REFUSED_ARGUMENT);
  assert_int_equal(result->verdict, PM_REFUSED_ARGUMENT);
}

struct TrustCase {
  pm_verdict expected;
  void (*spoil)(pm_trust* trust, pm_trust_key* keys);
};

constexpr TrustCase kTrustCases[] = {
    {PM_REFUSED_TRUST_VERSION, [](pm_trust* t, pm_trust_key*) { t->version = 1; }},
    {PM_REFUSED_TRUST_VERSION, [](pm_trust* t, pm_trust_key*) { t->flags |= 1u << 31; }},
    {PM_REFUSED_TRUST_VERSION, [](pm_trust* t, pm_trust_key*) { t->reserved = 1; }},
    {PM_REFUSED_TRUST_KEY_COUNT, [](pm_trust* t, pm_trust_key*) { t->key_count = 0; }},
    {PM_REFUSED_TRUST_KEY_COUNT, [](pm_trust* t, pm_trust_key*) { t->key_count = PM_TRUST_KEYS_MAX + 1; }},
    {PM_REFUSED_TRUST_KEY_COUNT, [](pm_trust* t, pm_trust_key*) { t->keys = nullptr; }},
    {PM_REFUSED_TRUST_THRESHOLD, [](pm_trust* t, pm_trust_key*) { t->threshold = 0; }},
    {PM_REFUSED_TRUST_THRESHOLD, [](pm_trust* t, pm_trust_key*) { t->threshold = 3; }},
    {PM_REFUSED_TRUST_KEY, [](pm_trust*, pm_trust_key* k) { k->algorithm = 0; }},
    {PM_REFUSED_TRUST_KEY, [](pm_trust*, pm_trust_key* k) { k->algorithm = PM_ES384; }},
    {PM_REFUSED_TRUST_KEY, [](pm_trust*, pm_trust_key* k) { k->algorithm = PM_PS256; }},
    {PM_REFUSED_TRUST_KEY, [](pm_trust*, pm_trust_key* k) { k->size = 33; }},
    {PM_REFUSED_TRUST_KEY, [](pm_trust*, pm_trust_key* k) { k->key[0] = 2; }},
    {PM_REFUSED_TRUST_KEY, [](pm_trust*, pm_trust_key* k) { k->flags = 4; }},
    {PM_REFUSED_TRUST_DUPLICATE_KEY, [](pm_trust*, pm_trust_key* k) { k[1] = k[0]; }},
    {PM_REFUSED_TRUST_DUPLICATE_KEY, [](pm_trust*, pm_trust_key* k) { k[1] = k[0], k[1].id[0] ^= 1; }},
    {PM_REFUSED_TRUST_KEY, [](pm_trust*, pm_trust_key* k) { k->roles |= 32; }},
    {PM_REFUSED_TRUST_ROLE, [](pm_trust* t, pm_trust_key*) { t->role = 0; }},
    {PM_REFUSED_TRUST_ROLE, [](pm_trust* t, pm_trust_key*) { t->role = PM_ROLE_ROOT; }},
    {PM_REFUSED_TRUST_ROLE, [](pm_trust* t, pm_trust_key*) { t->role = PM_ROLE_PROGRAM | PM_ROLE_BUNDLE; }},
    {PM_REFUSED_TRUST_ROLE, [](pm_trust* t, pm_trust_key*) { t->role = 1u << 5; }},
    {PM_REFUSED_TRUST_TABLES, [](pm_trust* t, pm_trust_key*) { t->board_count = 1; }},
    {PM_REFUSED_TRUST_TABLES, [](pm_trust* t, pm_trust_key*) { t->revoked_key_count = 1; }},
    {PM_REFUSED_TRUST_TABLES, [](pm_trust* t, pm_trust_key*) { t->revoked_content_count = 1; }},
    {PM_REFUSED_TRUST_TEST_KEY, [](pm_trust*, pm_trust_key* k) { k[1].flags = PM_TRUST_KEY_TEST; }},
    {PM_REFUSED_TRUST_BOARD, [](pm_trust* t, pm_trust_key*) { t->board = nullptr; }},
    {PM_REFUSED_TRUST_BOARD, [](pm_trust* t, pm_trust_key*) { t->board = ""; }},
    {PM_REFUSED_TRUST_BOARD, [](pm_trust* t, pm_trust_key*) { t->board = "a-name-longer-than-32-characters!"; }},
    {PM_REFUSED_TRUST_KINDS, [](pm_trust* t, pm_trust_key*) { t->kinds = 0; }},
    {PM_REFUSED_TRUST_KINDS, [](pm_trust* t, pm_trust_key*) { t->kinds = 1u << 9; }},
};

void refuses_unusable_trust_before_reading(void**) {
  for (const TrustCase& one : kTrustCases) {
    pm_trust_key keys[2] = {public_key(KeyName::kP256), public_key(KeyName::kP384)};
    pm_trust trust = trust_in(keys, 2);
    one.spoil(&trust, keys);
    MemoryFile memory;
    memory.fail_size = true;
    const pm_io io = io_of(&memory);
    assert_int_equal(pm_verify(&io, &trust, &bench()->scratch, &bench()->result), one.expected);
    assert_int_equal(memory.calls, 0);
  }
}

void refuses_weak_rsa_keys(void**) {
  pm_trust_key key = public_key(KeyName::kRsa3072);
  key.key[key.size - 1] = 3;
  key.key[key.size - 2] = 0;
  key.key[key.size - 3] = 0;
  const pm_trust small_exponent = trust_in(&key, 1);
  assert_int_equal(verify_plan(sample_plan(), small_exponent), PM_REFUSED_TRUST_KEY);
  key = public_key(KeyName::kRsa3072);
  key.key[0] = 0;
  const pm_trust short_modulus = trust_in(&key, 1);
  assert_int_equal(verify_plan(sample_plan(), short_modulus), PM_REFUSED_TRUST_KEY);
}

void accepts_test_keys_only_where_allowed(void**) {
  pm_trust_key key = public_key(KeyName::kP256);
  key.flags |= PM_TRUST_KEY_TEST;
  pm_trust trust = trust_in(&key, 1);
  assert_int_equal(verify_plan(sample_plan(), trust), PM_REFUSED_TRUST_TEST_KEY);
  trust.flags = PM_TRUST_ALLOW_TEST_KEYS;
  assert_int_equal(verify_plan(sample_plan(), trust), PM_ACCEPTED);
}

void refuses_unknown_key(void**) {
  FilePlan plan = sample_plan();
  plan.keys[0] = KeyName::kP256Other;
  const pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
  assert_int_equal(verify_plan(plan, trust), PM_REFUSED_KEY_UNKNOWN);
  assert_int_equal(bench()->result.authenticated, 0);
}

void refuses_algorithm_that_is_not_the_keys(void**) {
  pm_trust_key key = public_key(KeyName::kP384);
  std::memcpy(key.id, public_key(KeyName::kP256).id, PM_KEY_ID_SIZE);
  const pm_trust trust = trust_in(&key, 1);
  assert_int_equal(verify_plan(sample_plan(), trust), PM_REFUSED_KEY_ALGORITHM);
}

void refuses_signature_length_that_is_not_the_keys(void**) {
  FilePlan plan = sample_plan();
  plan.keys[0] = KeyName::kRsa3072;
  plan.signature_size = PM_RSA4096_SIGNATURE_SIZE;
  assert_int_equal(verify_plan(plan), PM_REFUSED_KEY_SIGNATURE_LENGTH);
}

void refuses_wrong_signature(void**) {
  FilePlan plan = sample_plan();
  pm_trust_key key = public_key(KeyName::kP256Other);
  std::memcpy(key.id, public_key(KeyName::kP256).id, PM_KEY_ID_SIZE);
  const pm_trust trust = trust_in(&key, 1);
  assert_int_equal(verify_plan(plan, trust), PM_REFUSED_SIGNATURE_WRONG);
}

// The key is not a point of the curve: the library cannot tell, and that is no acceptance.
void refuses_when_crypto_cannot_tell(void**) {
  pm_trust_key key = public_key(KeyName::kP256);
  key.key[10] ^= 1;
  const pm_trust trust = trust_in(&key, 1);
  assert_int_equal(verify_plan(sample_plan(), trust), PM_REFUSED_CRYPTO);
}

void counts_distinct_keys_towards_the_threshold(void**) {
  const pm_trust_key keys[] = {public_key(KeyName::kP256), public_key(KeyName::kP384), public_key(KeyName::kRsa3072)};
  pm_trust trust = trust_in(keys, 3);
  trust.threshold = 2;
  FilePlan plan = sample_plan();
  assert_int_equal(verify_plan(plan, trust), PM_REFUSED_THRESHOLD);
  plan.keys[1] = KeyName::kP256Other;  // good, but not trusted
  plan.key_count = 2;
  assert_int_equal(verify_plan(plan, trust), PM_REFUSED_THRESHOLD);
  plan.keys[2] = KeyName::kP384;
  plan.key_count = 3;
  assert_int_equal(verify_plan(plan, trust), PM_ACCEPTED);
  assert_int_equal(bench()->result.key_count, 2);
}

struct DemandCase {
  pm_verdict expected;
  void (*change)(pm_trust* trust, FilePlan* plan);
};

constexpr DemandCase kDemandCases[] = {
    {PM_ACCEPTED, [](pm_trust* t, FilePlan*) { t->subject = "gateway"; }},
    {PM_REFUSED_SUBJECT_NAME, [](pm_trust* t, FilePlan*) { t->subject = "gatewa"; }},
    {PM_REFUSED_SUBJECT_NAME, [](pm_trust* t, FilePlan*) { t->subject = "gateway2"; }},
    {PM_REFUSED_KIND, [](pm_trust*, FilePlan* p) { p->kind = PM_KIND_DATA; }},
    {PM_REFUSED_MACHINE, [](pm_trust*, FilePlan* p) { p->machine = 183; }},
    {PM_ACCEPTED, [](pm_trust* t, FilePlan* p) { t->flags = PM_TRUST_ANY_MACHINE, p->machine = 183; }},
    {PM_REFUSED_BOARD, [](pm_trust*, FilePlan* p) { p->board = "qemu-amd6"; }},
    {PM_REFUSED_BOARD, [](pm_trust*, FilePlan* p) { p->board = "qemu-amd64x"; }},
    {PM_ACCEPTED, [](pm_trust* t, FilePlan* p) { t->flags = PM_TRUST_ANY_BOARD, p->board = "x"; }},
    {PM_ACCEPTED, [](pm_trust* t, FilePlan*) { t->minimum_security_version = kSecurityVersion; }},
    {PM_REFUSED_SECURITY_VERSION, [](pm_trust* t, FilePlan*) { t->minimum_security_version = kSecurityVersion + 1; }},
    {PM_REFUSED_UNPROVEN, [](pm_trust*, FilePlan* p) { p->proof_status = PM_UNPROVEN; }},
    {PM_ACCEPTED, [](pm_trust* t, FilePlan* p) { t->flags = PM_TRUST_ALLOW_UNPROVEN, p->proof_status = PM_UNPROVEN; }},
    {PM_ACCEPTED, [](pm_trust* t, FilePlan*) { t->required_properties = kProperties; }},
    {PM_REFUSED_PROPERTIES, [](pm_trust* t, FilePlan*) { t->required_properties = 1u << 14; }},
};

void compares_the_mark_with_what_the_caller_demands(void**) {
  for (const DemandCase& one : kDemandCases) {
    FilePlan plan = sample_plan();
    pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
    one.change(&trust, &plan);
    assert_int_equal(verify_plan(plan, trust), one.expected);
  }
  assert_int_equal(bench()->result.missing_properties, 1u << 14);
}

void names_the_damaged_segment(void**) {
  FilePlan plan = sample_plan();
  plan.with_segments = true;
  make_file(plan, &bench()->file);
  bench()->file.bytes[7000] ^= 0x40;
  const pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
  assert_int_equal(verify_bytes(bench()->file.bytes, bench()->file.size, trust), PM_REFUSED_CONTENT_DIGEST);
  assert_int_equal(bench()->result.damage.located, 1);
  assert_int_equal(bench()->result.damage.segment, 1);
  assert_int_equal(bench()->result.damage.offset, 5000);
  assert_int_equal(bench()->result.damage.length, 5000);
}

// Calls of read: trailer, mark, content.
void refuses_when_reading_fails(void**) {
  const pm_verdict expected[] = {PM_REFUSED_READ_TRAILER, PM_REFUSED_READ_MARK, PM_REFUSED_READ_CONTENT};
  make_file(sample_plan(), &bench()->file);
  const pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
  for (int call = 0; call < 3; ++call) {
    MemoryFile memory;
    memory.bytes = bench()->file.bytes;
    memory.size = bench()->file.size;
    memory.fail_at_call = call;
    const pm_io io = io_of(&memory);
    assert_int_equal(pm_verify(&io, &trust, &bench()->scratch, &bench()->result), expected[call]);
    assert_int_equal(pm_verdict_exit_code(expected[call]), 3);
  }
}

// A content and, apart from it, its mark.
void make_detached(FilePlan* plan, MemoryFile* content, MemoryFile* mark) {
  plan->detached = true;
  make_file(*plan, &bench()->mark);
  content->bytes = plan->content;
  content->size = plan->content_size;
  mark->bytes = bench()->mark.bytes;
  mark->size = bench()->mark.size;
}

// The digest that somebody gives stands for the content, which is not read; one that is not the signed one is refused.
void takes_a_measured_digest_for_the_content(void**) {
  FilePlan plan = sample_plan();
  MemoryFile content;
  MemoryFile mark;
  make_detached(&plan, &content, &mark);
  const pm_io content_io = io_of(&content);
  const pm_io mark_io = io_of(&mark);
  const pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
  pm_scratch* scratch = &bench()->scratch;
  pm_result* result = &bench()->result;
  uint8_t digest[PM_DIGEST_SIZE];
  reference_content_digest(plan.content, plan.content_size, digest);
  assert_int_equal(pm_verify_measured(&content_io, digest, &mark_io, &trust, scratch, result), PM_ACCEPTED);
  assert_int_equal(content.calls, 0);
  digest[31] ^= 1;
  assert_int_equal(pm_verify_measured(&content_io, digest, &mark_io, &trust, scratch, result),
                   PM_REFUSED_CONTENT_DIGEST);
  assert_int_equal(content.calls, 0);
  assert_int_equal(result->damage.located, 0);
}

void verifies_a_detached_mark(void**) {
  FilePlan plan = sample_plan();
  MemoryFile content;
  MemoryFile mark;
  make_detached(&plan, &content, &mark);
  const pm_io content_io = io_of(&content);
  const pm_io mark_io = io_of(&mark);
  const pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
  pm_scratch* scratch = &bench()->scratch;
  pm_result* result = &bench()->result;
  assert_int_equal(pm_verify_detached(&content_io, &mark_io, &trust, scratch, result), PM_ACCEPTED);
  --content.size;
  assert_int_equal(pm_verify_detached(&content_io, &mark_io, &trust, scratch, result), PM_REFUSED_COVERED_LENGTH);
  ++content.size;
  static uint8_t longer[sizeof(MarkedFile)];
  std::memcpy(longer + 1, mark.bytes, mark.size);
  mark.bytes = longer;
  ++mark.size;
  assert_int_equal(pm_verify_detached(&content_io, &mark_io, &trust, scratch, result), PM_REFUSED_COVERED_LENGTH);
}

void decoding_without_trust_never_accepts(void**) {
  make_file(sample_plan(), &bench()->file);
  MemoryFile memory;
  memory.bytes = bench()->file.bytes;
  memory.size = bench()->file.size;
  const pm_io io = io_of(&memory);
  static pm_unverified_mark decoded;
  assert_int_equal(pm_decode_unverified(&io, nullptr, &bench()->scratch, &decoded), PM_DECODED_UNVERIFIED);
  assert_int_equal(decoded.signature_count, 1);
  assert_int_equal(decoded.signatures[0].algorithm, PM_ES256);
  assert_int_equal(decoded.covered_length, 10000);
  assert_int_equal(decoded.manifest.security_version, kSecurityVersion);
  assert_int_not_equal(pm_verdict_exit_code(PM_DECODED_UNVERIFIED), 0);
}

}  // namespace
}  // namespace proofmark::verify_test

using namespace proofmark::verify_test;

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(accepts_each_algorithm),
      cmocka_unit_test(accepts_all_optional_fields),
      cmocka_unit_test(accepts_empty_content),
      cmocka_unit_test(accepts_any_board_mark),
      cmocka_unit_test(no_new_privileges_unless_the_mark_says_otherwise),
      cmocka_unit_test(reads_each_byte_exactly_once),
      cmocka_unit_test(zeroed_trust_refuses),
      cmocka_unit_test(refuses_missing_arguments),
      cmocka_unit_test(refuses_unusable_trust_before_reading),
      cmocka_unit_test(refuses_weak_rsa_keys),
      cmocka_unit_test(accepts_test_keys_only_where_allowed),
      cmocka_unit_test(refuses_unknown_key),
      cmocka_unit_test(refuses_algorithm_that_is_not_the_keys),
      cmocka_unit_test(refuses_signature_length_that_is_not_the_keys),
      cmocka_unit_test(refuses_wrong_signature),
      cmocka_unit_test(refuses_when_crypto_cannot_tell),
      cmocka_unit_test(counts_distinct_keys_towards_the_threshold),
      cmocka_unit_test(compares_the_mark_with_what_the_caller_demands),
      cmocka_unit_test(names_the_damaged_segment),
      cmocka_unit_test(refuses_when_reading_fails),
      cmocka_unit_test(takes_a_measured_digest_for_the_content),
      cmocka_unit_test(verifies_a_detached_mark),
      cmocka_unit_test(decoding_without_trust_never_accepts),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
