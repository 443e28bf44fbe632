// SPDX-License-Identifier: Apache-2.0
//
// Registers to engineering values: signs, word orders, and floating point that is no measurement.
#include "modbus/encoder.h"
#include "cmocka_prelude.h"

static PointValue encode(RegisterKind kind, uint8_t decimals, uint16_t first, uint16_t second) {
  const GatewayConfig config = {.register_count = 2, .point_count = 1, .points = {{"x", 0, kind, decimals}}};
  const uint16_t registers[2] = {first, second};
  Sample sample = {.sequence = 1};
  encoder_fill(&sample, &config, registers);
  return sample.values[0];
}

static void assert_value(PointValue value, int64_t scaled) {
  assert_true(value.valid);
  assert_true(value.scaled == scaled);
}

static void unsigned_register_has_no_sign(void** state) {
  (void)state;
  assert_value(encode(kRegisterU16, 0, 0xFFFF, 0), 65535);
}

static void signed_register_is_twos_complement(void** state) {
  (void)state;
  assert_value(encode(kRegisterS16, 1, 0xFF83, 0), -125);
  assert_value(encode(kRegisterS16, 1, 0x8000, 0), -32768);
  assert_value(encode(kRegisterS16, 1, 0x7FFF, 0), 32767);
}

static void word_order_is_as_configured(void** state) {
  (void)state;
  assert_value(encode(kRegisterU32, 0, 0xB2D0, 0x5E00), 3000000000);
  assert_value(encode(kRegisterU32Swapped, 0, 0x5E00, 0xB2D0), 3000000000);
}

static void float_is_rounded_to_decimals(void** state) {
  (void)state;
  assert_value(encode(kRegisterF32, 3, 0x3F9D, 0xF3B6), 1234);  // 1.2339999675750732
  assert_value(encode(kRegisterF32, 0, 0x3F00, 0x0000), 1);     // 0.5
  assert_value(encode(kRegisterF32, 0, 0xBF00, 0x0000), -1);    // -0.5
  assert_value(encode(kRegisterF32, 6, 0x0000, 0x0001), 0);     // smallest subnormal
  assert_value(encode(kRegisterF32, 0, 0x8000, 0x0000), 0);     // minus zero
}

static void float_that_is_no_measurement_is_invalid(void** state) {
  (void)state;
  assert_false(encode(kRegisterF32, 3, 0x7FC0, 0x0000).valid);  // quiet NaN
  assert_false(encode(kRegisterF32, 3, 0xFFC0, 0x0001).valid);  // negative NaN
  assert_false(encode(kRegisterF32, 3, 0x7F80, 0x0000).valid);  // infinity
  assert_false(encode(kRegisterF32, 3, 0xFF80, 0x0000).valid);  // minus infinity
  assert_false(encode(kRegisterF32, 6, 0x7F7F, 0xFFFF).valid);  // FLT_MAX: would overflow 64 bits when scaled
}

static void largest_float_with_most_decimals_fits(void** state) {
  (void)state;
  const PointValue value = encode(kRegisterF32, kDecimalsMax, 0x5368, 0xD4A4);  // 999999930368
  assert_value(value, 999999930368000000);
}

static void keeps_registers_with_checksum(void** state) {
  (void)state;
  const GatewayConfig config = {.register_count = 4, .point_count = 0};
  const uint16_t registers[4] = {0xFFF1, 0x04D2, 0x3FC0, 0x0000};
  Sample sample = {.sequence = 9};
  encoder_fill(&sample, &config, registers);
  assert_int_equal(sample.sequence, 9);
  assert_int_equal(sample.register_count, 4);
  assert_memory_equal(sample.registers, registers, sizeof(registers));
  assert_int_equal(sample.checksum, 32346);  // computed with a table-driven implementation over the big endian bytes
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(unsigned_register_has_no_sign),
      cmocka_unit_test(signed_register_is_twos_complement),
      cmocka_unit_test(word_order_is_as_configured),
      cmocka_unit_test(float_is_rounded_to_decimals),
      cmocka_unit_test(float_that_is_no_measurement_is_invalid),
      cmocka_unit_test(largest_float_with_most_decimals_fits),
      cmocka_unit_test(keeps_registers_with_checksum),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
