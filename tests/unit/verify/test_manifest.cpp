// SPDX-License-Identifier: Apache-2.0
//
// The manifest decoder behind a good signature: every refusal of 5xx. Each case replaces one field of a correct manifest.
#include "support/harness.h"

namespace proofmark::verify_test {
namespace {

// The encoded value of one field, correct except in one way.
struct FieldCase {
  pm_verdict expected;
  unsigned key;
  void (*write)(CborWriter* out);
};

void put_subject(CborWriter* out, const char* name, uint64_t kind, uint64_t machine) {
  out->map(4);
  out->uint(1);
  out->text(name);
  out->uint(2);
  out->uint(kind);
  out->uint(3);
  out->uint(machine);
  out->uint(4);
}

void put_good_subject(CborWriter* out) {
  put_subject(out, "gateway", PM_KIND_EXECUTABLE, kMachine);
}

constexpr char kName65[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
static_assert(sizeof kName65 == 66);

constexpr FieldCase kIdentityCases[] = {
    {PM_REFUSED_MANIFEST_VERSION, 1, [](CborWriter* o) { o->uint(2); }},
    {PM_REFUSED_MANIFEST_FORM, 1, [](CborWriter* o) { o->text("1"); }},
    {PM_REFUSED_MANIFEST_FORM, 1, [](CborWriter* o) { o->head(0, 1, 1); }},  // not the shortest form
    {PM_REFUSED_SUBJECT, 2, [](CborWriter* o) { o->array(4); }},
    {PM_REFUSED_SUBJECT, 2, [](CborWriter* o) { put_subject(o, "", 1, 62); }},
    {PM_REFUSED_SUBJECT, 2, [](CborWriter* o) { put_subject(o, kName65, 1, 62); }},
    {PM_REFUSED_SUBJECT, 2, [](CborWriter* o) { put_subject(o, "esc\x1b[2J", 1, 62); }},
    {PM_REFUSED_SUBJECT, 2, [](CborWriter* o) { put_subject(o, "caf\xc3\xa9", 1, 62); }},
    {PM_REFUSED_SUBJECT, 2, [](CborWriter* o) { put_subject(o, "gateway", 0, 62); }},
    {PM_REFUSED_SUBJECT, 2, [](CborWriter* o) { put_subject(o, "gateway", 6, 62); }},
    {PM_REFUSED_SUBJECT, 2, [](CborWriter* o) { put_subject(o, "gateway", 1, 65536); }},
    {PM_REFUSED_BOARDS, 2, [](CborWriter* o) { put_good_subject(o), o->array(0); }},
    {PM_REFUSED_BOARDS, 2, [](CborWriter* o) { put_good_subject(o), o->array(17); }},
    {PM_REFUSED_BOARDS, 2, [](CborWriter* o) { put_good_subject(o), o->array(1), o->text(""); }},
    {PM_REFUSED_BOARDS, 2, [](CborWriter* o) { put_good_subject(o), o->array(1), o->uint(1); }},
    {PM_REFUSED_SECURITY_VERSION_FORM, 4, [](CborWriter* o) { o->uint(uint64_t{1} << 32); }},
    {PM_REFUSED_SECURITY_VERSION_FORM, 4, [](CborWriter* o) { o->negative(-1); }},
};

// Content with the right lengths and, where wanted, the head of an optional field to follow.
void put_content(CborWriter* out, uint64_t pairs, uint64_t length, uint64_t mark_length) {
  out->map(pairs);
  out->uint(1);
  out->uint(length);
  out->uint(2);
  out->digest(9);
  out->uint(3);
  out->uint(mark_length);
}

void put_optional_content(CborWriter* out, uint64_t key) {
  put_content(out, 4, 10000, kMarkLength);
  out->uint(key);
}

void put_original(CborWriter* out, uint64_t shnum, uint64_t shstrndx) {
  put_optional_content(out, PM_CONTENT_ORIGINAL);
  out->array(4);
  const uint64_t values[] = {10000, 64, shnum, shstrndx};
  for (const uint64_t value : values) out->uint(value);
}

constexpr FieldCase kContentCases[] = {
    {PM_REFUSED_CONTENT, 3, [](CborWriter* o) { o->map(0); }},
    {PM_REFUSED_CONTENT_LENGTH, 3, [](CborWriter* o) { put_content(o, 3, 9999, kMarkLength); }},
    {PM_REFUSED_CONTENT_LENGTH, 3, [](CborWriter* o) { put_content(o, 3, 0, kMarkLength); }},
    {PM_REFUSED_CONTENT_MARK_LENGTH, 3, [](CborWriter* o) { put_content(o, 3, 10000, kMarkLength + 1); }},
    {PM_REFUSED_CONTENT, 3,  // a digest of length zero is not "no digest"
     [](CborWriter* o) { o->map(3), o->uint(1), o->uint(10000), o->uint(2), o->bytes("", 0); }},
    {PM_REFUSED_CONTENT, 3, [](CborWriter* o) { o->map(2), o->uint(1), o->uint(10000), o->uint(3), o->uint(1); }},
    {PM_REFUSED_CONTENT, 3, [](CborWriter* o) { put_optional_content(o, 6), o->uint(0); }},
    {PM_REFUSED_ORIGINAL, 3, [](CborWriter* o) { put_optional_content(o, 4), o->array(3); }},
    {PM_REFUSED_ORIGINAL, 3, [](CborWriter* o) { put_optional_content(o, 4), o->array(4), o->uint(10001); }},
    {PM_REFUSED_ORIGINAL, 3, [](CborWriter* o) { put_original(o, 65536, 0); }},
    {PM_REFUSED_ORIGINAL, 3, [](CborWriter* o) { put_original(o, 0, 65536); }},
    {PM_REFUSED_SEGMENTS, 3, [](CborWriter* o) { put_optional_content(o, 5), o->array(0); }},
    {PM_REFUSED_SEGMENTS, 3, [](CborWriter* o) { put_optional_content(o, 5), o->array(17); }},
    {PM_REFUSED_SEGMENTS, 3,
     [](CborWriter* o) { put_optional_content(o, 5), o->array(1), o->array(3), o->uint(1), o->uint(10000); }},
    {PM_REFUSED_SEGMENTS, 3,
     [](CborWriter* o) { put_optional_content(o, 5), o->array(1), o->array(3), o->uint(10001), o->uint(0); }},
    {PM_REFUSED_SEGMENTS, 3,
     [](CborWriter* o) { put_optional_content(o, 5), o->array(1), o->array(3), o->uint(2), o->uint(UINT64_MAX); }},
};

void put_proof(CborWriter* out, uint64_t status, uint64_t analysed, uint64_t total, uint64_t findings) {
  out->map(7);
  out->uint(1);
  out->uint(status);
  out->uint(2);
  out->digest(1);
  const uint64_t values[] = {0, analysed, total, findings, 0};
  for (unsigned i = 0; i < 5; ++i) {
    out->uint(3 + i);
    out->uint(values[i]);
  }
}

constexpr FieldCase kClaimCases[] = {
    {PM_REFUSED_BUILD, 5, [](CborWriter* o) { o->map(1), o->uint(1), o->bytes("", 0); }},
    {PM_REFUSED_BUILD, 5, [](CborWriter* o) { o->map(1), o->uint(2), o->bytes("short", 5); }},
    {PM_REFUSED_BUILD, 5, [](CborWriter* o) { o->map(2), o->uint(3), o->digest(1), o->uint(2), o->digest(1); }},
    {PM_REFUSED_BUILD, 5, [](CborWriter* o) { o->map(2), o->uint(2), o->digest(1), o->uint(2), o->digest(1); }},
    {PM_REFUSED_BUILD, 5, [](CborWriter* o) { o->map(1), o->uint(6), o->digest(1); }},
    {PM_REFUSED_PROOF, 6, [](CborWriter* o) { put_proof(o, 2, 1, 1, 0); }},
    {PM_REFUSED_PROOF, 6, [](CborWriter* o) { put_proof(o, PM_PROVEN, 1, 2, 0); }},
    {PM_REFUSED_PROOF, 6, [](CborWriter* o) { put_proof(o, PM_PROVEN, 1, 1, 1); }},
    {PM_REFUSED_PROOF, 6, [](CborWriter* o) { put_proof(o, PM_UNPROVEN, 2, 1, 0); }},
    {PM_REFUSED_PROOF, 6, [](CborWriter* o) { o->map(6); }},
    {PM_REFUSED_RUNTIME, 7, [](CborWriter* o) { o->map(1), o->uint(1), o->array(0); }},
    {PM_REFUSED_RUNTIME, 7, [](CborWriter* o) { o->map(1), o->uint(1), o->array(2), o->uint(5), o->uint(5); }},
    {PM_REFUSED_RUNTIME, 7, [](CborWriter* o) { o->map(1), o->uint(1), o->array(2), o->uint(5), o->uint(4); }},
    {PM_REFUSED_RUNTIME, 7, [](CborWriter* o) { o->map(1), o->uint(1), o->array(1), o->uint(65536); }},
    {PM_REFUSED_RUNTIME, 7, [](CborWriter* o) { o->map(1), o->uint(3), o->uint(2); }},
    {PM_REFUSED_RUNTIME, 7, [](CborWriter* o) { o->map(1), o->uint(4), o->array(1), o->text(""); }},
    {PM_REFUSED_DEPENDENCIES, 8, [](CborWriter* o) { o->map(0); }},
    {PM_REFUSED_DEPENDENCIES, 8, [](CborWriter* o) { o->array(65); }},
    {PM_REFUSED_DEPENDENCIES, 8, [](CborWriter* o) { o->array(1), o->array(2), o->text("a"), o->bytes("", 0); }},
    {PM_REFUSED_DEPENDENCIES, 8, [](CborWriter* o) { o->array(1), o->array(2), o->text(""), o->digest(1); }},
    {PM_REFUSED_BINDINGS, 9, [](CborWriter* o) { o->map(1), o->uint(4), o->digest(1); }},
    {PM_REFUSED_BINDINGS, 9, [](CborWriter* o) { o->map(1), o->uint(1), o->text("x"); }},
};

void check_case(const FieldCase& one) {
  static CborWriter field;
  field = CborWriter();
  one.write(&field);
  FilePlan plan = sample_plan();
  plan.manifest[one.key].bytes = &field;
  const pm_verdict found = verify_plan(plan);
  if (found != one.expected) print_error("field %u: expected %u, found %u\n", one.key, one.expected, found);
  assert_int_equal(found, one.expected);
  assert_int_equal(bench()->result.authenticated, 1);
}

void refuses_each_wrong_identity(void**) {
  for (const FieldCase& one : kIdentityCases) check_case(one);
}

void refuses_each_wrong_content(void**) {
  for (const FieldCase& one : kContentCases) check_case(one);
}

void refuses_each_wrong_claim(void**) {
  for (const FieldCase& one : kClaimCases) check_case(one);
}

void refuses_missing_mandatory_fields(void**) {
  for (const unsigned key : {1u, 2u, 3u, 4u, 6u}) {
    FilePlan plan = sample_plan();
    plan.manifest[key].omitted = true;
    assert_int_equal(verify_plan(plan), PM_REFUSED_MANIFEST_FORM);
  }
}

void accepts_empty_optional_maps(void**) {
  static CborWriter empty_map;
  empty_map = CborWriter();
  empty_map.map(0);
  FilePlan plan = sample_plan();
  for (const unsigned key : {5u, 7u, 9u}) plan.manifest[key].bytes = &empty_map;
  assert_int_equal(verify_plan(plan), PM_ACCEPTED);
}

// Whole payloads that no field case can express.
void refuses_unknown_keys_and_trailing_bytes(void**) {
  static CborWriter payload;
  const auto refused = [](void (*write)(CborWriter*)) {
    payload = CborWriter();
    write(&payload);
    FilePlan plan = sample_plan();
    plan.payload = &payload;
    assert_int_equal(verify_plan(plan), PM_REFUSED_MANIFEST_FORM);
  };
  refused([](CborWriter* o) { o->map(0); });
  refused([](CborWriter* o) { o->map(10); });
  refused([](CborWriter* o) { o->byte(0xbf); });  // map of indefinite length
  refused([](CborWriter* o) { o->map(1), o->uint(0), o->uint(1); });
  refused([](CborWriter* o) { o->map(1), o->text("1"), o->uint(1); });
  refused([](CborWriter* o) { o->byte(0xfb); });  // a floating-point number
  refused([](CborWriter* o) { o->map(2), o->uint(1), o->uint(1), o->uint(10), o->uint(1); });
}

// The correct manifest with one more byte, and with one pair more than its head says.
void refuses_bytes_after_the_manifest(void**) {
  FilePlan plan = sample_plan();
  make_file(plan, &bench()->file);
  MemoryFile memory;
  memory.bytes = bench()->file.bytes;
  memory.size = bench()->file.size;
  const pm_io io = io_of(&memory);
  static pm_unverified_mark decoded;
  assert_int_equal(pm_decode_unverified(&io, nullptr, &bench()->scratch, &decoded), PM_DECODED_UNVERIFIED);
  static CborWriter longer;
  longer = CborWriter();
  longer.raw(decoded.payload.data, decoded.payload.size);
  longer.byte(0);
  plan.payload = &longer;
  assert_int_equal(verify_plan(plan), PM_REFUSED_MANIFEST_FORM);
}

}  // namespace
}  // namespace proofmark::verify_test

using namespace proofmark::verify_test;

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(refuses_each_wrong_identity),      cmocka_unit_test(refuses_each_wrong_content),
      cmocka_unit_test(refuses_each_wrong_claim),         cmocka_unit_test(refuses_missing_mandatory_fields),
      cmocka_unit_test(accepts_empty_optional_maps),      cmocka_unit_test(refuses_unknown_keys_and_trailing_bytes),
      cmocka_unit_test(refuses_bytes_after_the_manifest),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
