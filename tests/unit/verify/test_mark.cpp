// SPDX-License-Identifier: Apache-2.0
//
// Finding a mark and taking its COSE_Sign message apart: every refusal of 2xx and 3xx. None of these files gets as far as
// a signature check.
#include "support/harness.h"

namespace proofmark::verify_test {
namespace {

struct PlanCase {
  pm_verdict expected;
  void (*change)(FilePlan* plan);
};

// Encoded pieces that outlive the plan.
CborWriter* fresh() {
  static CborWriter piece;
  piece = CborWriter();
  return &piece;
}

constexpr PlanCase kTrailerCases[] = {
    {PM_REFUSED_FORMAT_VERSION, [](FilePlan* p) { p->trailer_version = 0; }},
    {PM_REFUSED_FORMAT_VERSION, [](FilePlan* p) { p->trailer_version = 2; }},
    {PM_REFUSED_TRAILER_RESERVED, [](FilePlan* p) { p->trailer_reserved = 1u << 31; }},
    {PM_REFUSED_MARK_LENGTH, [](FilePlan* p) { p->trailer_mark_length = PM_MARK_MAX_SIZE + 1; }},
    {PM_REFUSED_MARK_LENGTH, [](FilePlan* p) { p->trailer_mark_length = UINT64_MAX; }},
    {PM_REFUSED_MARK_LENGTH, [](FilePlan* p) { p->trailer_mark_length = UINT64_MAX - kMarkLength + 1; }},
    {PM_REFUSED_MARK_LONGER_THAN_FILE, [](FilePlan* p) { p->trailer_mark_length = 10000 + kMarkLength + 1; }},
    {PM_REFUSED_COVERED_LENGTH, [](FilePlan* p) { p->trailer_mark_length = kMarkLength - 1; }},
    {PM_REFUSED_COVERED_LENGTH, [](FilePlan* p) { p->trailer_covered_length = 0; }},
    {PM_REFUSED_COVERED_LENGTH, [](FilePlan* p) { p->trailer_covered_length = UINT64_MAX - 1; }},
    {PM_REFUSED_COVERED_LENGTH, [](FilePlan* p) { p->trailer_covered_length = 9999; }},
};

void refuses_each_wrong_trailer(void**) {
  for (const PlanCase& one : kTrailerCases) {
    FilePlan plan = sample_plan();
    one.change(&plan);
    assert_int_equal(verify_plan(plan), one.expected);
  }
}

void refuses_an_empty_mark(void**) {
  make_file(sample_plan(), &bench()->file);
  std::memset(bench()->file.bytes + bench()->file.size - 16, 0, 8);
  const pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
  assert_int_equal(verify_bytes(bench()->file.bytes, bench()->file.size, trust), PM_REFUSED_MARK_LENGTH);
}

void refuses_unsigned_files(void**) {
  const pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
  const FilePlan plan = sample_plan();
  assert_int_equal(verify_bytes(plan.content, plan.content_size, trust), PM_REFUSED_UNSIGNED);
  assert_int_equal(verify_bytes(plan.content, PM_TRAILER_SIZE, trust), PM_REFUSED_UNSIGNED);
  assert_int_equal(verify_bytes(plan.content, PM_TRAILER_SIZE - 1, trust), PM_REFUSED_UNSIGNED_SHORT);
  assert_int_equal(verify_bytes(plan.content, 0, trust), PM_REFUSED_UNSIGNED_SHORT);
}

void refuses_a_trailer_alone(void**) {
  make_file(sample_plan(), &bench()->file);
  const uint8_t* trailer = bench()->file.bytes + bench()->file.size - PM_TRAILER_SIZE;
  const pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
  assert_int_equal(verify_bytes(trailer, PM_TRAILER_SIZE, trust), PM_REFUSED_MARK_LONGER_THAN_FILE);
}

void refuses_trailing_bytes(void**) {
  make_file(sample_plan(), &bench()->file);
  bench()->file.bytes[bench()->file.size] = 0;
  const pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
  assert_int_equal(verify_bytes(bench()->file.bytes, bench()->file.size + 1, trust), PM_REFUSED_UNSIGNED);
}

void refuses_a_file_without_size(void**) {
  MemoryFile memory;
  memory.fail_size = true;
  const pm_io io = io_of(&memory);
  const pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
  assert_int_equal(pm_verify(&io, &trust, &bench()->scratch, &bench()->result), PM_REFUSED_FILE_SIZE);
}

void put_bytes(CborWriter* out, size_t size) {
  static const uint8_t zeros[1024] = {};
  out->bytes(zeros, size);
}

void put_signer(CborWriter* out, int64_t algorithm) {
  out->map(2);
  out->uint(PM_COSE_HEADER_ALGORITHM);
  out->negative(algorithm);
  out->uint(PM_COSE_HEADER_KEY_ID);
  out->digest(7);
}

const PlanCase kMessageCases[] = {
    {PM_REFUSED_MARK_FORM,
     [](FilePlan* p) {
       CborWriter* m = fresh();
       m->tag(18);  // COSE_Sign1
       p->message = m;
     }},
    {PM_REFUSED_MARK_FORM,
     [](FilePlan* p) {
       CborWriter* m = fresh();
       m->head(6, PM_COSE_SIGN_TAG, 2);  // not the shortest form
       m->array(4);
       p->message = m;
     }},
    {PM_REFUSED_MARK_FORM,
     [](FilePlan* p) {
       CborWriter* m = fresh();
       m->tag(PM_COSE_SIGN_TAG);
       m->array(5);
       p->message = m;
     }},
    {PM_REFUSED_MARK_FORM,
     [](FilePlan* p) {
       CborWriter* m = fresh();
       m->tag(PM_COSE_SIGN_TAG);
       m->byte(0x9f);  // array of indefinite length
       p->message = m;
     }},
    {PM_REFUSED_MARK_CONTENT_TYPE,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       put_bytes(item, 43);
       p->body_protected = item;
     }},
    {PM_REFUSED_MARK_CONTENT_TYPE,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       item->bytes(
           "\xa1\x03\x78\x27"
           "application/vnd.proofmark.manifest+cboR",
           43);
       p->body_protected = item;
     }},
    {PM_REFUSED_MARK_UNPROTECTED,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       item->map(1);
       item->uint(1);
       item->uint(1);
       p->body_unprotected = item;
     }},
    {PM_REFUSED_MARK_UNPROTECTED,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       item->map(1);
       item->uint(4);
       item->digest(1);
       p->signature_unprotected = item;
     }},
    {PM_REFUSED_MARK_PAYLOAD,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       item->byte(0xf6);
       p->payload_item = item;
     }},  // detached: null
    {PM_REFUSED_MARK_PAYLOAD,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       put_bytes(item, 0);
       p->payload_item = item;
     }},
    {PM_REFUSED_MARK_PAYLOAD,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       item->head(2, UINT64_MAX);  // longer than everything
       p->payload_item = item;
     }},
    {PM_REFUSED_SIGNATURE_COUNT, [](FilePlan* p) { p->key_count = 0; }},
    {PM_REFUSED_SIGNATURE_COUNT,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       item->array(5);
       p->signatures_item = item;
     }},
    {PM_REFUSED_SIGNATURE_COUNT,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       item->array(UINT64_MAX);
       p->signatures_item = item;
     }},
    {PM_REFUSED_SIGNATURE_FORM,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       item->array(1);
       item->array(2);
       p->signatures_item = item;
     }},
    {PM_REFUSED_SIGNATURE_FORM,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       put_signer(item, PM_ES256);
       item->byte(0);  // a byte after the map
       p->signer_protected = item;
     }},
    {PM_REFUSED_SIGNATURE_FORM, [](FilePlan* p) { p->signer_protected = fresh(); }},       // empty
    {PM_REFUSED_SIGNATURE_ALGORITHM, [](FilePlan* p) { p->claimed_algorithm = -8; }},      // EdDSA
    {PM_REFUSED_SIGNATURE_ALGORITHM, [](FilePlan* p) { p->claimed_algorithm = -65535; }},  // RS1
    {PM_REFUSED_SIGNATURE_ALGORITHM,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       item->map(2);
       item->uint(1);
       item->uint(7);  // positive
       item->uint(4);
       item->digest(7);
       p->signer_protected = item;
     }},
    {PM_REFUSED_SIGNATURE_KEY_ID,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       item->map(2);
       item->uint(1);
       item->negative(PM_ES256);
       item->uint(4);
       put_bytes(item, 31);
       p->signer_protected = item;
     }},
    {PM_REFUSED_SIGNATURE_KEY_ID,
     [](FilePlan* p) {
       CborWriter* item = fresh();
       item->map(2);
       item->uint(1);
       item->negative(PM_ES256);
       item->uint(1);  // twice the same key
       item->negative(PM_ES256);
       p->signer_protected = item;
     }},
    {PM_REFUSED_SIGNATURE_ORDER,
     [](FilePlan* p) {
       p->keys[1] = KeyName::kP384;
       p->key_count = 2;
       p->keys_unsorted = true;
     }},
    {PM_REFUSED_SIGNATURE_ORDER,
     [](FilePlan* p) {
       p->keys[1] = p->keys[0];  // one key, two signatures
       p->key_count = 2;
     }},
    {PM_REFUSED_SIGNATURE_LENGTH, [](FilePlan* p) { p->signature_size = 63; }},
    {PM_REFUSED_SIGNATURE_LENGTH, [](FilePlan* p) { p->signature_size = 65; }},
    {PM_REFUSED_SIGNATURE_LENGTH, [](FilePlan* p) { p->signature_size = 513; }},
    {PM_REFUSED_SIGNATURE_LENGTH, [](FilePlan* p) { p->claimed_algorithm = PM_ES384; }},
    {PM_REFUSED_MARK_PADDING, [](FilePlan* p) { p->padding = 1; }},
};

void refuses_each_wrong_message(void**) {
  for (const PlanCase& one : kMessageCases) {
    FilePlan plan = sample_plan();
    one.change(&plan);
    const pm_verdict found = verify_plan(plan);
    if (found != one.expected) print_error("case %d\n", static_cast<int>(&one - kMessageCases));
    assert_int_equal(found, one.expected);
    assert_int_equal(bench()->result.authenticated, 0);
  }
}

void refuses_five_signatures(void**) {
  FilePlan plan = sample_plan();
  const KeyName all[] = {KeyName::kP256, KeyName::kP256Other, KeyName::kP384, KeyName::kRsa3072, KeyName::kRsa4096};
  std::memcpy(plan.keys, all, sizeof all);
  plan.key_count = 5;
  assert_int_equal(verify_plan(plan), PM_REFUSED_SIGNATURE_COUNT);
  plan.key_count = 4;
  assert_int_equal(verify_plan(plan), PM_ACCEPTED);
}

// A message cut anywhere is refused, and never read past its end (the sanitizers of the host-asan build watch).
void refuses_a_message_cut_anywhere(void**) {
  make_file(sample_plan(), &bench()->file);
  const uint8_t* content_end = bench()->file.bytes + 10000;
  static CborWriter cut;
  size_t message_size = kMarkLength;
  while (content_end[message_size - 1] == 0) --message_size;
  for (size_t size = 1; size < message_size; ++size) {
    cut = CborWriter();
    cut.raw(content_end, size);
    FilePlan plan = sample_plan();
    plan.message = &cut;
    static MarkedFile shortened;
    make_file(plan, &shortened);
    const pm_trust trust = trust_in(&public_key(KeyName::kP256), 1);
    assert_int_not_equal(verify_bytes(shortened.bytes, shortened.size, trust), PM_ACCEPTED);
  }
}

}  // namespace
}  // namespace proofmark::verify_test

using namespace proofmark::verify_test;

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(refuses_each_wrong_trailer),     cmocka_unit_test(refuses_an_empty_mark),
      cmocka_unit_test(refuses_unsigned_files),         cmocka_unit_test(refuses_a_trailer_alone),
      cmocka_unit_test(refuses_trailing_bytes),         cmocka_unit_test(refuses_a_file_without_size),
      cmocka_unit_test(refuses_each_wrong_message),     cmocka_unit_test(refuses_five_signatures),
      cmocka_unit_test(refuses_a_message_cut_anywhere),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
