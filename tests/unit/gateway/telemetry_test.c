// SPDX-License-Identifier: Apache-2.0
//
// The JSON text, character by character, and what happens when it does not fit.
#include <string.h>

#include "cmocka_prelude.h"
#include "network/telemetry.h"

static GatewayConfig config_with(const char* name) {
  GatewayConfig config = {.device_name = "d", .point_count = 1};
  strncpy(config.points[0].name, name, kNameSize - 1);
  return config;
}

static void assert_member(PointValue value, const char* expected) {
  const GatewayConfig config = config_with("v");
  const Sample sample = {.point_count = 1, .values = {value}};
  char text[kTelemetryMax];
  const size_t length = telemetry_format(text, &config, &sample, 0);
  assert_int_equal(length, strlen(text));
  const char* member = strstr(text, "\"v\":");
  assert_non_null(member);
  assert_int_equal(strncmp(member + 4, expected, strlen(expected)), 0);
  assert_int_equal(member[4 + strlen(expected)], '}');
}

static PointValue valid(int64_t scaled, uint8_t decimals) {
  return (PointValue){.scaled = scaled, .decimals = decimals, .valid = true};
}

static void prints_exact_decimals(void** state) {
  (void)state;
  assert_member(valid(215, 1), "21.5");
  assert_member(valid(-125, 1), "-12.5");
  assert_member(valid(-5, 1), "-0.5");
  assert_member(valid(1, 6), "0.000001");
  assert_member(valid(0, 2), "0.00");
  assert_member(valid(42, 0), "42");
  assert_member(valid(INT64_MIN, 0), "-9223372036854775808");
  assert_member(valid(INT64_MAX, 6), "9223372036854.775807");
}

static void prints_null_for_invalid(void** state) {
  (void)state;
  assert_member((PointValue){.scaled = 7, .decimals = 3, .valid = false}, "null");
}

static void prints_whole_record(void** state) {
  (void)state;
  const GatewayConfig config = config_with("t_c");
  const Sample sample = {
      .sequence = 4294967295,
      .uptime_ms = 18446744073709551615U,
      .checksum = 65535,
      .register_count = 2,
      .point_count = 1,
      .registers = {0, 65535},
      .values = {valid(1, 0)},
  };
  char text[kTelemetryMax];
  assert_true(telemetry_format(text, &config, &sample, 3) > 0);
  assert_string_equal(text,
                      "{\"device\":\"d\",\"sequence\":4294967295,\"uptime_ms\":18446744073709551615,\"dropped\":3,"
                      "\"values\":{\"t_c\":1},\"registers\":[0,65535],\"crc16\":65535}");
}

// The largest sample that the types allow must fit, so no configuration can make the gateway mute.
static void largest_sample_fits(void** state) {
  (void)state;
  GatewayConfig config = {.point_count = kPointMax};
  memset(config.device_name, 'd', sizeof(config.device_name) - 1);
  Sample sample = {.sequence = UINT32_MAX, .uptime_ms = UINT64_MAX, .checksum = UINT16_MAX};
  sample.point_count = kPointMax;
  sample.register_count = kRegisterMax;
  memset(sample.registers, 0xFF, sizeof(sample.registers));
  for (size_t i = 0; i < kPointMax; ++i) {
    memset(config.points[i].name, 'n', kNameSize - 1);
    sample.values[i] = valid(-999999999999999999, 6);
  }
  char text[kTelemetryMax];
  const size_t length = telemetry_format(text, &config, &sample, UINT32_MAX);
  assert_in_range(length, 1, kTelemetryMax - 1);
  assert_int_equal(text[length - 1], '}');
}

static void replies_say_what_happened(void** state) {
  (void)state;
  char text[kReplyMax];
  assert_true(telemetry_format_reply(text, true, "unused") > 0);
  assert_string_equal(text, "{\"done\":true}");
  assert_true(telemetry_format_reply(text, false, "busy") > 0);
  assert_string_equal(text, "{\"done\":false,\"reason\":\"busy\"}");
}

static void reply_that_does_not_fit_is_empty(void** state) {
  (void)state;
  char reason[2 * kReplyMax];
  memset(reason, 'r', sizeof(reason));
  reason[sizeof(reason) - 1] = '\0';
  char text[kReplyMax];
  assert_int_equal(telemetry_format_reply(text, false, reason), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(prints_exact_decimals),     cmocka_unit_test(prints_null_for_invalid),
      cmocka_unit_test(prints_whole_record),       cmocka_unit_test(largest_sample_fits),
      cmocka_unit_test(replies_say_what_happened), cmocka_unit_test(reply_that_does_not_fit_is_empty),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
