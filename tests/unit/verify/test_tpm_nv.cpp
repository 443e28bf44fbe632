// SPDX-License-Identifier: Apache-2.0
//
// The rollback counter's bytes in a TPM: the commands, and every answer that must not count as a value.
#include "../../../verify/linux/init/tpm_nv.h"

#include "support/fake_tpm.h"

namespace proofmark::verify_test {
namespace {

using linux_init::tpm_nv_lock;
using linux_init::tpm_nv_read;
using linux_init::tpm_nv_write;

constexpr uint32_t kIndex = 0x01500200;
// Written, lockable, read and written by its own password, and what does not matter: by the owner, no lockout.
constexpr uint32_t kAttributes = 0x22064004;

std::string be32(uint32_t value) {
  const uint8_t bytes[] = {static_cast<uint8_t>(value >> 24), static_cast<uint8_t>(value >> 16),
                           static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value)};
  return hex(bytes, sizeof bytes);
}

// The public area of an index: 14 bytes, then a name of 34.
std::string public_area(uint32_t index, uint32_t attributes, const std::string& size = "0008") {
  return "80010000003e00000000"
         "000e" +
         be32(index) + "000b" + be32(attributes) + "0000" + size + "0022" + std::string(68, 'a');
}
const std::string kValue =
    "80020000001d00000000"
    "0000000a"
    "0008"
    "0000000700000002"
    "0000010000";
const std::string kDone =
    "80020000001300000000"
    "00000000"
    "0000010000";

pm_verdict read_with(const std::string& area, const Answer& value, uint8_t data[8]) {
  FakeTpm fake;
  fake.will_answer(from_hex(area));
  if (!value.empty()) fake.will_answer(value);
  return tpm_nv_read(&fake.tpm, kIndex, data);
}
pm_verdict read_public(const std::string& area) {
  uint8_t data[8];
  return read_with(area, from_hex(kValue), data);
}

void reads_what_is_there(void**) {
  FakeTpm fake;
  fake.will_answer(from_hex(public_area(kIndex, kAttributes)));
  fake.will_answer(from_hex(kValue));
  uint8_t data[8] = {};
  assert_int_equal(tpm_nv_read(&fake.tpm, kIndex, data), PM_ACCEPTED);
  const uint8_t expected[8] = {0, 0, 0, 7, 0, 0, 0, 2};
  assert_memory_equal(data, expected, 8);
  assert_string_equal(fake.next_command().c_str(),
                      "80010000000e00000169"
                      "01500200");
  assert_string_equal(fake.next_command().c_str(),
                      "8002000000230000014e"
                      "01500200"
                      "01500200"
                      "00000009"
                      "400000090000000000"
                      "0008"
                      "0000");
}

void writes_and_locks_with_the_specified_bytes(void**) {
  FakeTpm fake;
  const uint8_t data[8] = {0, 0, 0, 7, 0, 0, 0, 2};
  fake.will_answer(from_hex(kDone));
  assert_int_equal(tpm_nv_write(&fake.tpm, kIndex, data), PM_ACCEPTED);
  assert_string_equal(fake.next_command().c_str(),
                      "80020000002b00000137"
                      "01500200"
                      "01500200"
                      "00000009"
                      "400000090000000000"
                      "0008"
                      "0000000700000002"
                      "0000");
  fake.will_answer(from_hex(kDone));
  assert_int_equal(tpm_nv_lock(&fake.tpm, kIndex), PM_ACCEPTED);
  assert_string_equal(fake.next_command().c_str(),
                      "80020000001f00000138"
                      "01500200"
                      "01500200"
                      "00000009"
                      "400000090000000000");
  fake.will_answer(from_hex("80010000000a00000148"));
  assert_int_equal(tpm_nv_write(&fake.tpm, kIndex, data), PM_REFUSED_TPM_CODE);
}

void refuses_an_index_that_is_no_such_counter(void**) {
  assert_int_equal(read_public(public_area(kIndex, kAttributes)), PM_ACCEPTED);
  assert_int_equal(read_public("80010000000a0000018b"), PM_REFUSED_TPM_COUNTER);
  for (const uint32_t demanded : {1u << 2, 1u << 14, 1u << 18, 1u << 29})
    assert_int_equal(read_public(public_area(kIndex, kAttributes & ~demanded)), PM_REFUSED_TPM_COUNTER);
  for (const uint32_t type : {1u << 4, 2u << 4, 4u << 4, 8u << 4})
    assert_int_equal(read_public(public_area(kIndex, kAttributes | type)), PM_REFUSED_TPM_COUNTER);
  assert_int_equal(read_public(public_area(kIndex, kAttributes, "0009")), PM_REFUSED_TPM_COUNTER);
  assert_int_equal(read_public(public_area(kIndex + 1, kAttributes)), PM_REFUSED_TPM_ANSWER);
}

// How many answers of another length, or with a flipped bit outside of the value and the session's attributes, counted.
unsigned wrong_values_taken() {
  unsigned taken = 0;
  uint8_t data[8];
  const std::string area = public_area(kIndex, kAttributes);
  const Answer good = from_hex(kValue);
  for (size_t size = 1; size <= good.size() + 8; ++size) {
    Answer other = good;
    other.resize(size);
    if (size > 5) other[5] = static_cast<uint8_t>(size);
    if (size != good.size() && read_with(area, other, data) == PM_ACCEPTED) ++taken;
  }
  for (size_t i = 0; i < good.size(); ++i) {
    if ((i >= 16 && i < 24) || i == 26) continue;
    for (unsigned bit = 0; bit < 8; ++bit) {
      Answer other = good;
      other[i] = static_cast<uint8_t>(other[i] ^ 1u << bit);
      if (read_with(area, other, data) == PM_ACCEPTED) ++taken;
    }
  }
  return taken;
}

void takes_no_malformed_value(void**) {
  uint8_t data[8];
  assert_int_equal(read_with(public_area(kIndex, kAttributes), from_hex(kValue), data), PM_ACCEPTED);
  assert_int_equal(wrong_values_taken(), 0);
  assert_int_equal(read_with(public_area(kIndex, kAttributes), {}, data), PM_REFUSED_TPM_TIMEOUT);
}

}  // namespace
}  // namespace proofmark::verify_test

int main() {
  using namespace proofmark::verify_test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(reads_what_is_there),
      cmocka_unit_test(writes_and_locks_with_the_specified_bytes),
      cmocka_unit_test(refuses_an_index_that_is_no_such_counter),
      cmocka_unit_test(takes_no_malformed_value),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
