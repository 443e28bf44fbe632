// SPDX-License-Identifier: Apache-2.0
//
// The compiled-in configuration is sound, and config_defect() finds each way in which another one could not be.
#include <string.h>

#include "cmocka_prelude.h"
#include "config.h"

static void assert_defect(const GatewayConfig* config, const char* expected) {
  const char* defect = config_defect(config);
  assert_non_null(defect);
  assert_string_equal(defect, expected);
}

static void built_in_configuration_is_sound(void** state) {
  (void)state;
  assert_null(config_defect(&kGatewayConfig));
}

static void finds_string_without_terminator(void** state) {
  (void)state;
  GatewayConfig config = kGatewayConfig;
  memset(config.device_name, 'x', sizeof(config.device_name));
  assert_defect(&config, "device_name is empty or too long");
  config = kGatewayConfig;
  memset(config.watchdog_device, 'x', sizeof(config.watchdog_device));
  assert_defect(&config, "watchdog_device is too long");
  config = kGatewayConfig;
  memset(config.points[2].name, 'x', sizeof(config.points[2].name));
  assert_defect(&config, "the name of a point is empty or too long");
}

static void finds_wildcard_in_topic(void** state) {
  (void)state;
  GatewayConfig config = kGatewayConfig;
  strcpy(config.topic, "plant/+/gateway");
  assert_defect(&config, "topic is empty, too long or has a wildcard");
}

static void finds_point_outside_polled_registers(void** state) {
  (void)state;
  GatewayConfig config = kGatewayConfig;
  config.points[0].address = config.register_count;
  assert_defect(&config, "a point lies outside the polled registers");
  config = kGatewayConfig;
  // Fits with one register, but this kind takes two.
  config.points[6].kind = kRegisterU32;
  assert_defect(&config, "a point lies outside the polled registers");
  config = kGatewayConfig;
  config.points[0].address = UINT16_MAX;
  assert_defect(&config, "a point lies outside the polled registers");
}

static void finds_counts_beyond_their_arrays(void** state) {
  (void)state;
  GatewayConfig config = kGatewayConfig;
  config.register_count = kRegisterMax + 1;
  assert_defect(&config, "register_count is out of range");
  config = kGatewayConfig;
  config.first_register = UINT16_MAX;
  assert_defect(&config, "register_count is out of range");
  config = kGatewayConfig;
  config.point_count = kPointMax + 1;
  assert_defect(&config, "too many points or writable registers");
  config = kGatewayConfig;
  config.points[0].decimals = kDecimalsMax + 1;
  assert_defect(&config, "a point has too many decimals");
}

static void finds_deadline_that_would_bite_a_slow_device(void** state) {
  (void)state;
  GatewayConfig config = kGatewayConfig;
  config.modbus_timeout_ms = config.watchdog_deadline_s * 500;
  assert_defect(&config, "watchdog_deadline_s does not exceed twice modbus_timeout_ms");
}

static void finds_interval_and_ports_out_of_range(void** state) {
  (void)state;
  GatewayConfig config = kGatewayConfig;
  config.interval_ms = kIntervalMinMs - 1;
  assert_defect(&config, "interval_ms is out of range");
  config = kGatewayConfig;
  config.mqtt_port = 0;
  assert_defect(&config, "a port is zero");
}

static void knows_writable_registers(void** state) {
  (void)state;
  assert_non_null(config_find_writable(&kGatewayConfig, 9));
  assert_null(config_find_writable(&kGatewayConfig, 0));
  assert_null(config_find_writable(&kGatewayConfig, 65536 + 9));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(built_in_configuration_is_sound),
      cmocka_unit_test(finds_string_without_terminator),
      cmocka_unit_test(finds_wildcard_in_topic),
      cmocka_unit_test(finds_point_outside_polled_registers),
      cmocka_unit_test(finds_counts_beyond_their_arrays),
      cmocka_unit_test(finds_deadline_that_would_bite_a_slow_device),
      cmocka_unit_test(finds_interval_and_ports_out_of_range),
      cmocka_unit_test(knows_writable_registers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
