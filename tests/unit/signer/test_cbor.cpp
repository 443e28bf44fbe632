// SPDX-License-Identifier: Apache-2.0
//
// The deterministic encoding of RFC 8949: the examples of its appendix A that marks can hold, and every way of writing the
// same value differently refused.
#include "proofmark/sign/cbor.h"
#include "support.h"

namespace proofmark::sign::test {
namespace {

bool integer_is(std::int64_t value, const char* hex) {
  CborWriter out;
  out.integer(value);
  CborReader in(out.out());
  return same(to_hex(out.out()), hex) && in.integer() == value && in.ok() && in.at_end();
}

bool number_is(std::uint64_t value, const char* hex) {
  CborWriter out;
  out.number(value);
  CborReader in(out.out());
  return same(to_hex(out.out()), hex) && in.number() == value && in.ok() && in.at_end();
}

bool refuses_number(const char* hex) {
  const Bytes bytes = from_hex(hex).value();
  CborReader in(bytes);
  in.number();
  return !in.ok();
}

bool refuses_text(const char* hex) {
  const Bytes bytes = from_hex(hex).value();
  CborReader in(bytes);
  in.text(0, 10);
  return !in.ok();
}

bool structure_is(const char* hex) {
  CborWriter out;
  out.tag(98);
  out.array(2);
  out.map(1);
  out.number(1);
  out.text("a");
  out.bytes(Bytes{1, 2, 3, 4});
  return same(to_hex(out.out()), hex);
}

// Once something did not fit, nothing more is handed out.
bool stays_failed() {
  const Bytes bytes = {0x61, 0x61, 0x05};
  CborReader in(bytes);
  const std::uint64_t wrong_type = in.number();
  const std::uint64_t after = in.number();
  return wrong_type == 0 && after == 0 && !in.ok();
}

void integers_take_the_shortest_form(void**) {
  assert_true(number_is(0, "00"));
  assert_true(number_is(23, "17"));
  assert_true(number_is(24, "1818"));
  assert_true(number_is(255, "18ff"));
  assert_true(number_is(256, "190100"));
  assert_true(number_is(65535, "19ffff"));
  assert_true(number_is(65536, "1a00010000"));
  assert_true(number_is(4294967295, "1affffffff"));
  assert_true(number_is(4294967296, "1b0000000100000000"));
  assert_true(number_is(UINT64_MAX, "1bffffffffffffffff"));
  assert_true(integer_is(-1, "20"));
  assert_true(integer_is(-37, "3824"));
  assert_true(integer_is(-7, "26"));
  assert_true(integer_is(INT64_MIN, "3b7fffffffffffffff"));
}

void structures_are_definite(void**) {
  assert_true(structure_is("d86282a10161614401020304"));
}

void longer_forms_are_refused(void**) {
  for (const char* hex : {"1817", "190017", "1900ff", "1a0000ffff", "1b00000000ffffffff", "1800"})
    assert_true(refuses_number(hex));
}

void indefinite_reserved_and_cut_are_refused(void**) {
  for (const char* hex : {"", "18", "1901", "1c", "1f", "ff", "f6", "20"}) assert_true(refuses_number(hex));
  for (const char* hex : {"7f6161ff", "6261", "61ff", "610a", "4161", "6b6161616161616161616161"})
    assert_true(refuses_text(hex));
}

void failure_is_for_good(void**) {
  assert_true(stays_failed());
}

}  // namespace
}  // namespace proofmark::sign::test

int main() {
  using namespace proofmark::sign::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(integers_take_the_shortest_form),
      cmocka_unit_test(structures_are_definite),
      cmocka_unit_test(longer_forms_are_refused),
      cmocka_unit_test(indefinite_reserved_and_cut_are_refused),
      cmocka_unit_test(failure_is_for_good),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
