// SPDX-License-Identifier: Apache-2.0
//
// The CBOR reader on its own: what is well-formed but not deterministic (RFC 8949 section 4.2) is refused, and no length
// reaches beyond the input.
#include "support/harness.h"

#include "../../../verify/src/cbor.h"

namespace proofmark::verify_test {
namespace {

using verify::CborMap;
using verify::CborReader;

CborReader reader_of(const char* bytes, size_t size) {
  return CborReader({reinterpret_cast<const uint8_t*>(bytes), size});
}

#define READER(literal) reader_of(literal, sizeof(literal) - 1)

void reads_integers_of_every_size(void**) {
  CborReader reader = READER("\x00\x17\x18\x18\x19\x01\x00\x1a\x00\x01\x00\x00\x1b\x00\x00\x00\x01\x00\x00\x00\x00");
  const uint64_t expected[] = {0, 23, 24, 256, 65536, uint64_t{1} << 32};
  for (const uint64_t value : expected) {
    uint64_t found = 0;
    assert_true(reader.read_uint(UINT64_MAX, &found));
    assert_true(found == value);
  }
  assert_true(reader.at_end());
}

void refuses_longer_forms_than_needed(void**) {
  uint64_t value = 0;
  assert_false(READER("\x18\x17").read_uint(UINT64_MAX, &value));
  assert_false(READER("\x19\x00\xff").read_uint(UINT64_MAX, &value));
  assert_false(READER("\x1a\x00\x00\xff\xff").read_uint(UINT64_MAX, &value));
  assert_false(READER("\x1b\x00\x00\x00\x00\xff\xff\xff\xff").read_uint(UINT64_MAX, &value));
}

void refuses_reserved_and_indefinite_lengths(void**) {
  uint64_t value = 0;
  pm_bytes bytes = {};
  uint32_t count = 0;
  for (const char initial : {'\x1c', '\x1d', '\x1e', '\x1f'}) {
    assert_false(reader_of(&initial, 1).read_uint(UINT64_MAX, &value));
  }
  assert_false(READER("\x5f\x41\x00\xff").read_bytes(0, 10, &bytes));
  assert_false(READER("\x9f\xff").read_array(0, 10, &count));
  assert_false(READER("\xbf\xff").read_map(0, 10, &count));
}

void refuses_truncated_heads(void**) {
  uint64_t value = 0;
  assert_false(READER("").read_uint(UINT64_MAX, &value));
  assert_false(READER("\x18").read_uint(UINT64_MAX, &value));
  assert_false(READER("\x19\x01").read_uint(UINT64_MAX, &value));
  assert_false(READER("\x1b\x01\x00\x00\x00\x00\x00\x00").read_uint(UINT64_MAX, &value));
}

void refuses_strings_longer_than_the_input(void**) {
  pm_bytes bytes = {};
  assert_false(READER("\x42\x01").read_bytes(0, 10, &bytes));
  assert_false(READER("\x5b\xff\xff\xff\xff\xff\xff\xff\xff").read_bytes(0, SIZE_MAX, &bytes));
  assert_true(READER("\x42\x01\x02").read_bytes(2, 2, &bytes));
  assert_int_equal(bytes.size, 2);
}

void refuses_sizes_outside_the_range_asked_for(void**) {
  pm_bytes bytes = {};
  uint32_t count = 0;
  uint64_t value = 0;
  assert_false(READER("\x41\x01").read_bytes(2, 3, &bytes));
  assert_false(READER("\x44\x01\x02\x03\x04").read_bytes(2, 3, &bytes));
  assert_false(READER("\x83\x00\x00\x00").read_array(0, 2, &count));
  assert_false(READER("\x19\x01\x00").read_uint(uint64_t{255}, &value));
}

void refuses_text_that_is_not_printable_ascii(void**) {
  pm_bytes text = {};
  assert_true(READER("\x62 ~").read_text(1, 9, &text));
  assert_false(READER("\x61\x1f").read_text(1, 9, &text));
  assert_false(READER("\x61\x7f").read_text(1, 9, &text));
  assert_false(READER("\x62\xc3\xa9").read_text(1, 9, &text));
  assert_false(READER("\x41z").read_text(1, 9, &text));  // a byte string
}

void reads_negative_integers_down_to_the_32_bit_limit(void**) {
  int32_t value = 0;
  assert_true(READER("\x26").read_negative(&value));
  assert_int_equal(value, -7);
  assert_true(READER("\x3a\x7f\xff\xff\xff").read_negative(&value));
  assert_int_equal(value, INT32_MIN);
  assert_false(READER("\x3a\x80\x00\x00\x00").read_negative(&value));
  assert_false(READER("\x07").read_negative(&value));
}

void a_failure_sticks(void**) {
  uint64_t value = 0;
  CborReader reader = READER("\xff\x00");
  assert_false(reader.read_uint(UINT64_MAX, &value));
  assert_true(reader.failed());
  assert_false(reader.read_uint(UINT64_MAX, &value));
  assert_false(reader.at_end());
}

void maps_insist_on_known_ascending_keys(void**) {
  const char* const bad[] = {"\xa2\x02\x00\x01\x00", "\xa2\x01\x00\x01\x00", "\xa1\x03\x00", "\xa1\x18\x01\x00"};
  const size_t sizes[] = {5, 5, 3, 4};
  for (unsigned i = 0; i < 4; ++i) {
    CborReader reader = reader_of(bad[i], sizes[i]);
    CborMap map(&reader, 2);
    uint64_t value = 0;
    const bool first = map.has(1) && reader.read_uint(UINT64_MAX, &value);
    const bool second = map.has(2) && reader.read_uint(UINT64_MAX, &value);
    assert_false(first && second);
    assert_false(map.finished());
  }
  CborReader reader = READER("\xa2\x01\x05\x02\x06");
  CborMap map(&reader, 2);
  uint64_t value = 0;
  assert_true(map.has(1) && reader.read_uint(UINT64_MAX, &value) && value == 5);
  assert_true(map.has(2) && reader.read_uint(UINT64_MAX, &value) && value == 6);
  assert_true(map.finished() && reader.at_end());
}

}  // namespace
}  // namespace proofmark::verify_test

using namespace proofmark::verify_test;

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(reads_integers_of_every_size),
      cmocka_unit_test(refuses_longer_forms_than_needed),
      cmocka_unit_test(refuses_reserved_and_indefinite_lengths),
      cmocka_unit_test(refuses_truncated_heads),
      cmocka_unit_test(refuses_strings_longer_than_the_input),
      cmocka_unit_test(refuses_sizes_outside_the_range_asked_for),
      cmocka_unit_test(refuses_text_that_is_not_printable_ascii),
      cmocka_unit_test(reads_negative_integers_down_to_the_32_bit_limit),
      cmocka_unit_test(a_failure_sticks),
      cmocka_unit_test(maps_insist_on_known_ascending_keys),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
