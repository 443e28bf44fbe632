// SPDX-License-Identifier: Apache-2.0
//
// A parser for four options; getopt_long() would accept abbreviations and print in its own style.
#include "options.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"

static bool parse_number(const char* text, uint32_t maximum, uint32_t* number) {
  uint32_t value = 0;
  for (const char* next = text; *next != '\0'; ++next) {
    if (*next < '0' || *next > '9') {
      return false;
    }
    const uint32_t digit = (uint32_t)(*next - '0');
    if (value > (maximum - digit) / 10U) {
      return false;
    }
    value = value * 10U + digit;
  }
  *number = value;
  return value > 0;
}

// Options that take a number. False: not one of them, or not a number in range.
static bool set_number(Options* options, const char* name, const char* text) {
  uint32_t number = 0;
  if (strcmp(name, "--cycles") == 0 && parse_number(text, UINT32_MAX, &number)) {
    options->cycles = number;
    return true;
  }
  if (strcmp(name, "--modbus-port") == 0 && parse_number(text, UINT16_MAX, &number)) {
    options->modbus_port = (uint16_t)number;
    return true;
  }
  if (strcmp(name, "--mqtt-port") == 0 && parse_number(text, UINT16_MAX, &number)) {
    options->mqtt_port = (uint16_t)number;
    return true;
  }
  return false;
}

bool options_parse(Options* options, const GatewayConfig* config, int count, char* const* arguments) {
  *options = (Options){.modbus_port = config->modbus_port, .mqtt_port = config->mqtt_port};
  for (int i = 1; i < count; ++i) {
    if (strcmp(arguments[i], "--selftest") == 0) {
      options->selftest = true;
    } else if (strcmp(arguments[i], "--help") == 0) {
      options->help = true;
    } else if (i + 1 < count && set_number(options, arguments[i], arguments[i + 1])) {
      ++i;
    } else {
      log_line(kLogError, "%s: not an option, or without a number in range\nhint: gateway --help", arguments[i]);
      return false;
    }
  }
  return true;
}

void options_print_help(void) {
  static const char kHelp[] =
      "usage: gateway [options]\n"
      "\n"
      "Polls a Modbus TCP server and publishes to an MQTT broker; both are compiled in.\n"
      "\n"
      "  --cycles N        stop after N poll cycles (0 of them failed: exit code 0)\n"
      "  --modbus-port P   port of the Modbus server\n"
      "  --mqtt-port P     port of the MQTT broker\n"
      "  --selftest        check configuration and encoders, then stop\n"
      "  --help            this text\n";
  const ssize_t written = write(STDOUT_FILENO, kHelp, sizeof(kHelp) - 1);
  (void)written;
}
