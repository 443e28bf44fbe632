// SPDX-License-Identifier: Apache-2.0
//
// The command parser. The payload is copied into a buffer of fixed size before anything looks at it, so that every
// later step works on a terminated string of known length.
#include "network/handler.h"

#include <stdbool.h>
#include <string.h>

enum { kWordMax = 3, kPrintableFirst = ' ', kPrintableLast = '~' };

typedef struct {
  const char* word[kWordMax];
  size_t count;
} Words;

// Only printable ASCII: no terminator inside, no control bytes that a terminal would obey when the log is read.
static bool is_text(const char* text, size_t length) {
  for (size_t i = 0; i < length; ++i) {
    if (text[i] < kPrintableFirst || text[i] > kPrintableLast) {
      return false;
    }
  }
  return true;
}

// Cuts `text` in place at single spaces. False when there are too many words or an empty one.
static bool split(char* text, Words* words) {
  words->count = 0;
  for (char* next = text; next != NULL;) {
    if (words->count == kWordMax || *next == ' ' || *next == '\0') {
      return false;
    }
    words->word[words->count++] = next;
    next = strchr(next, ' ');
    if (next != NULL) {
      *next++ = '\0';
    }
  }
  return true;
}

// Decimal digits only: no sign, no blanks, no overflow, which strtoul() would all let pass.
static bool parse_number(const char* text, uint32_t* number) {
  uint32_t value = 0;
  for (const char* next = text; *next != '\0'; ++next) {
    if (*next < '0' || *next > '9') {
      return false;
    }
    const uint32_t digit = (uint32_t)(*next - '0');
    if (value > (UINT32_MAX - digit) / 10U) {
      return false;
    }
    value = value * 10U + digit;
  }
  *number = value;
  return true;
}

static CommandStatus parse_interval(const Words* words, Command* command) {
  uint32_t interval_ms = 0;
  if (words->count != 2 || !parse_number(words->word[1], &interval_ms)) {
    return kCommandMalformed;
  }
  if (interval_ms < kIntervalMinMs || interval_ms > kIntervalMaxMs) {
    return kCommandOutOfRange;
  }
  *command = (Command){.kind = kCommandInterval, .value = interval_ms};
  return kCommandAccepted;
}

static CommandStatus parse_write(const GatewayConfig* config, const Words* words, Command* command) {
  uint32_t address = 0;
  uint32_t value = 0;
  if (words->count != 3 || !parse_number(words->word[1], &address) || !parse_number(words->word[2], &value)) {
    return kCommandMalformed;
  }
  const WritableRegister* target = config_find_writable(config, address);
  if (target == NULL) {
    return kCommandNotWritable;
  }
  if (value < target->minimum || value > target->maximum) {
    return kCommandOutOfRange;
  }
  *command = (Command){.kind = kCommandWrite, .address = target->address, .value = value};
  return kCommandAccepted;
}

CommandStatus handler_parse(const GatewayConfig* config, const void* payload, size_t length, Command* command) {
  char text[kCommandTextMax + 1];
  if (length > kCommandTextMax) {
    return kCommandTooLong;
  }
  if (length == 0) {
    return kCommandMalformed;
  }
  memcpy(text, payload, length);
  text[length] = '\0';
  if (!is_text(text, length)) {
    return kCommandNotText;
  }
  Words words;
  if (!split(text, &words)) {
    return kCommandMalformed;
  }
  if (strcmp(words.word[0], "interval") == 0) {
    return parse_interval(&words, command);
  }
  if (strcmp(words.word[0], "write") == 0) {
    return parse_write(config, &words, command);
  }
  return kCommandUnknown;
}

const char* handler_status_text(CommandStatus status) {
  static const char kTexts[kCommandStatusCount][24] = {
      [kCommandAccepted] = "accepted",        [kCommandTooLong] = "too long",
      [kCommandNotText] = "not text",         [kCommandUnknown] = "unknown command",
      [kCommandMalformed] = "malformed",      [kCommandOutOfRange] = "value out of range",
      [kCommandNotWritable] = "not writable",
  };
  return status < kCommandStatusCount ? kTexts[status] : "unknown status";
}
