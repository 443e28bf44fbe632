// SPDX-License-Identifier: Apache-2.0
//
// CRC-16/MODBUS against published answers.
#include "modbus/crc16.h"
#include "cmocka_prelude.h"

static uint16_t crc_of(const void* bytes, size_t length) {
  uint16_t crc = UINT16_MAX;
  crc16_modbus(&crc, bytes, length);
  return crc;
}

static void matches_catalogue_check_value(void** state) {
  (void)state;
  assert_int_equal(crc_of("123456789", 9), 0x4B37);
}

// MODBUS over Serial Line V1.02, appendix B: the frame 02 07 carries the CRC 41 12, low byte first.
static void matches_example_of_specification(void** state) {
  (void)state;
  assert_int_equal(crc_of("\x02\x07", 2), 0x1241);
}

static void of_nothing_is_initial_value(void** state) {
  (void)state;
  assert_int_equal(crc_of("", 0), 0xFFFF);
}

static void of_message_and_its_own_crc_is_zero(void** state) {
  (void)state;
  assert_int_equal(crc_of("\x02\x07\x41\x12", 4), 0);
}

static void continues_over_pieces(void** state) {
  (void)state;
  uint16_t crc = UINT16_MAX;
  crc16_modbus(&crc, "1234", 4);
  crc16_modbus(&crc, "56789", 5);
  assert_int_equal(crc, 0x4B37);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(matches_catalogue_check_value), cmocka_unit_test(matches_example_of_specification),
      cmocka_unit_test(of_nothing_is_initial_value),   cmocka_unit_test(of_message_and_its_own_crc_is_zero),
      cmocka_unit_test(continues_over_pieces),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
