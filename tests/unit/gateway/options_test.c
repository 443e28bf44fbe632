// SPDX-License-Identifier: Apache-2.0
//
// The command line: defaults from the configuration, limits of numbers, and what is refused.
#include "options.h"

#include <fcntl.h>
#include <unistd.h>

#include "cmocka_prelude.h"

enum { kArgumentMax = 8 };

// Takes up to kArgumentMax - 1 arguments; the array ends with NULL.
static bool parse(Options* options, char** arguments) {
  char program[] = "gateway";
  char* all[kArgumentMax + 1] = {program};
  int count = 1;
  while (count < kArgumentMax && arguments[count - 1] != NULL) {
    all[count] = arguments[count - 1];
    ++count;
  }
  return options_parse(options, &kGatewayConfig, count, all);
}

#define ARGUMENTS(...) ((char*[]){__VA_ARGS__, NULL})

static void defaults_come_from_configuration(void** state) {
  (void)state;
  Options options;
  assert_true(parse(&options, ARGUMENTS(NULL)));
  assert_int_equal(options.modbus_port, kGatewayConfig.modbus_port);
  assert_int_equal(options.mqtt_port, kGatewayConfig.mqtt_port);
  assert_int_equal(options.cycles, 0);
  assert_false(options.selftest || options.help);
}

static void takes_every_option(void** state) {
  (void)state;
  Options options;
  assert_true(parse(&options, ARGUMENTS("--cycles", "3", "--modbus-port", "65535", "--mqtt-port", "1", "--selftest")));
  assert_int_equal(options.cycles, 3);
  assert_int_equal(options.modbus_port, 65535);
  assert_int_equal(options.mqtt_port, 1);
  assert_true(options.selftest);
  assert_true(parse(&options, ARGUMENTS("--help")));
  assert_true(options.help);
}

static void refuses_numbers_out_of_range(void** state) {
  (void)state;
  Options options;
  assert_false(parse(&options, ARGUMENTS("--mqtt-port", "65536")));
  assert_false(parse(&options, ARGUMENTS("--mqtt-port", "0")));
  assert_false(parse(&options, ARGUMENTS("--mqtt-port", "-1")));
  assert_false(parse(&options, ARGUMENTS("--mqtt-port", "")));
  assert_false(parse(&options, ARGUMENTS("--cycles", "4294967296")));
  assert_false(parse(&options, ARGUMENTS("--cycles", "1x")));
}

static void refuses_what_it_does_not_know(void** state) {
  (void)state;
  Options options;
  assert_false(parse(&options, ARGUMENTS("--cycles")));
  assert_false(parse(&options, ARGUMENTS("--cycle", "3")));
  assert_false(parse(&options, ARGUMENTS("--cycles=3")));
  assert_false(parse(&options, ARGUMENTS("3")));
  assert_false(parse(&options, ARGUMENTS("")));
}

// The messages of refusals are not what is tested here.
static int silence_stderr(void** state) {
  (void)state;
  const int null_device = open("/dev/null", O_WRONLY | O_CLOEXEC);
  return null_device < 0 || dup2(null_device, STDERR_FILENO) < 0 ? -1 : 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(defaults_come_from_configuration),
      cmocka_unit_test(takes_every_option),
      cmocka_unit_test_setup(refuses_numbers_out_of_range, silence_stderr),
      cmocka_unit_test_setup(refuses_what_it_does_not_know, silence_stderr),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
