// SPDX-License-Identifier: Apache-2.0
//
// The command parser against good and hostile payloads. Payloads are handed over in blocks of exactly their size, so
// that AddressSanitizer sees a read beyond them.
#include <stdlib.h>
#include <string.h>

#include "cmocka_prelude.h"
#include "network/handler.h"

static CommandStatus parse_bytes(const void* bytes, size_t length, Command* command) {
  void* exact = malloc(length == 0 ? 1 : length);
  assert_non_null(exact);
  memcpy(exact, bytes, length);
  const CommandStatus status = handler_parse(&kGatewayConfig, exact, length, command);
  free(exact);
  return status;
}

static CommandStatus parse(const char* text, Command* command) {
  return parse_bytes(text, strlen(text), command);
}

static CommandStatus status_of(const char* text) {
  Command command;
  return parse(text, &command);
}

static void accepts_interval(void** state) {
  (void)state;
  Command command;
  assert_int_equal(parse("interval 500", &command), kCommandAccepted);
  assert_int_equal(command.kind, kCommandInterval);
  assert_int_equal(command.value, 500);
}

static void accepts_write_to_allowed_register(void** state) {
  (void)state;
  Command command;
  assert_int_equal(parse("write 9 215", &command), kCommandAccepted);
  assert_int_equal(command.kind, kCommandWrite);
  assert_int_equal(command.address, 9);
  assert_int_equal(command.value, 215);
}

static void accepts_limits_and_nothing_beyond(void** state) {
  (void)state;
  assert_int_equal(status_of("interval 50"), kCommandAccepted);
  assert_int_equal(status_of("interval 49"), kCommandOutOfRange);
  assert_int_equal(status_of("interval 60000"), kCommandAccepted);
  assert_int_equal(status_of("interval 60001"), kCommandOutOfRange);
  assert_int_equal(status_of("write 9 50"), kCommandAccepted);
  assert_int_equal(status_of("write 9 49"), kCommandOutOfRange);
  assert_int_equal(status_of("write 9 900"), kCommandAccepted);
  assert_int_equal(status_of("write 9 901"), kCommandOutOfRange);
}

static void refuses_register_that_is_not_allowed(void** state) {
  (void)state;
  assert_int_equal(status_of("write 0 100"), kCommandNotWritable);
  assert_int_equal(status_of("write 65545 100"), kCommandNotWritable);  // 9 when cut to 16 bits
}

static void refuses_numbers_that_strtoul_would_take(void** state) {
  (void)state;
  static const char* const kNumbers[] = {"-1", "+500", "0x1F4", "500ms", "5e2", "4294967796", "99999999999999999999"};
  for (size_t i = 0; i < sizeof(kNumbers) / sizeof(kNumbers[0]); ++i) {
    char text[kCommandTextMax + 1] = "interval ";
    strcat(text, kNumbers[i]);
    assert_int_equal(status_of(text), kCommandMalformed);
  }
}

static void refuses_malformed_lines(void** state) {
  (void)state;
  static const char* const kLines[] = {"",
                                       " ",
                                       "interval",
                                       "interval ",
                                       " interval 500",
                                       "write",
                                       "write 9",
                                       "write 9 ",
                                       "write  9 100",
                                       "a b c d",
                                       "write 9 1 1",
                                       "interval 1 2",
                                       "interval  500"};
  for (size_t i = 0; i < sizeof(kLines) / sizeof(kLines[0]); ++i) {
    assert_int_equal(status_of(kLines[i]), kCommandMalformed);
  }
}

static void refuses_unknown_words(void** state) {
  (void)state;
  assert_int_equal(status_of("reboot"), kCommandUnknown);
  assert_int_equal(status_of("Interval 500"), kCommandUnknown);
  assert_int_equal(status_of("interval500 1"), kCommandUnknown);
}

static void refuses_payload_longer_than_its_buffer(void** state) {
  (void)state;
  Command command;
  char text[4096];
  memset(text, 'A', sizeof(text));
  assert_int_equal(parse_bytes(text, kCommandTextMax, &command), kCommandUnknown);
  assert_int_equal(parse_bytes(text, kCommandTextMax + 1, &command), kCommandTooLong);
  assert_int_equal(parse_bytes(text, sizeof(text), &command), kCommandTooLong);
}

static void refuses_bytes_that_are_not_text(void** state) {
  (void)state;
  Command command;
  static const char kHidden[] = "interval 500\0write 9 50";
  assert_int_equal(parse_bytes(kHidden, sizeof(kHidden) - 1, &command), kCommandNotText);
  assert_int_equal(parse_bytes(kHidden, 13, &command), kCommandNotText);
  assert_int_equal(status_of("interval\t500"), kCommandNotText);
  assert_int_equal(status_of("interval 500\n"), kCommandNotText);
  assert_int_equal(status_of("\x1b[2J"), kCommandNotText);
  assert_int_equal(status_of("interval 5\xC3\xBC"), kCommandNotText);
}

static void leaves_command_alone_when_refusing(void** state) {
  (void)state;
  Command command;
  memset(&command, 0x5A, sizeof(command));
  Command untouched = command;
  assert_int_equal(parse("write 9 901", &command), kCommandOutOfRange);
  assert_memory_equal(&command, &untouched, sizeof(command));
}

// Every one-byte change of a good command is parsed without harm, and never turns into a write to another register.
static void survives_every_changed_byte(void** state) {
  (void)state;
  static const char kGood[] = "write 9 215";
  for (size_t i = 0; i < sizeof(kGood) - 1; ++i) {
    for (int byte = 0; byte < 256; ++byte) {
      char text[sizeof(kGood)];
      memcpy(text, kGood, sizeof(kGood));
      text[i] = (char)byte;
      Command command;
      if (parse_bytes(text, sizeof(kGood) - 1, &command) == kCommandAccepted) {
        assert_int_equal(command.kind, kCommandWrite);
        assert_int_equal(command.address, 9);
        assert_in_range(command.value, 50, 900);
      }
    }
  }
}

static void names_every_status(void** state) {
  (void)state;
  for (int status = 0; status < kCommandStatusCount; ++status) {
    assert_true(strlen(handler_status_text((CommandStatus)status)) > 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(accepts_interval),
      cmocka_unit_test(accepts_write_to_allowed_register),
      cmocka_unit_test(accepts_limits_and_nothing_beyond),
      cmocka_unit_test(refuses_register_that_is_not_allowed),
      cmocka_unit_test(refuses_numbers_that_strtoul_would_take),
      cmocka_unit_test(refuses_malformed_lines),
      cmocka_unit_test(refuses_unknown_words),
      cmocka_unit_test(refuses_payload_longer_than_its_buffer),
      cmocka_unit_test(refuses_bytes_that_are_not_text),
      cmocka_unit_test(leaves_command_alone_when_refusing),
      cmocka_unit_test(survives_every_changed_byte),
      cmocka_unit_test(names_every_status),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
