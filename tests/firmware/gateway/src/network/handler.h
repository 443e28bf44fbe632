// SPDX-License-Identifier: Apache-2.0
//
// Commands that arrive by MQTT, as one line of text:
//
//   interval MILLISECONDS     poll so often
//   write REGISTER VALUE      write one holding register that the configuration allows
//
// Whoever can publish to the command topic writes these bytes; nothing about them is trusted.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "config.h"

enum { kCommandTextMax = 48 };

typedef enum { kCommandInterval, kCommandWrite } CommandKind;

typedef struct {
  CommandKind kind;
  uint16_t address;  // kCommandWrite only
  uint32_t value;    // milliseconds, or the raw register value
} Command;

typedef enum {
  kCommandAccepted,
  kCommandTooLong,
  kCommandNotText,
  kCommandUnknown,
  kCommandMalformed,
  kCommandOutOfRange,
  kCommandNotWritable,
  kCommandStatusCount,
} CommandStatus;

// Parses and checks `length` bytes that need no terminator. `command` is written only when the result is
// kCommandAccepted, and then needs no further check.
CommandStatus handler_parse(const GatewayConfig* config, const void* payload, size_t length, Command* command);

// The status in words, for replies and logs.
const char* handler_status_text(CommandStatus status);
