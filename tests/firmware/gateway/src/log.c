// SPDX-License-Identifier: Apache-2.0
//
// Formats into a buffer on the stack and writes it whole, so that lines of several programs do not mix.
#include "log.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

enum { kLineSize = 256 };

static const char* level_name(LogLevel level) {
  switch (level) {
    case kLogError:
      return "error";
    case kLogWarning:
      return "warning";
    case kLogInfo:
      break;
  }
  return "info";
}

void log_line(LogLevel level, const char* format, ...) {
  char line[kLineSize];
  const int prefix = snprintf(line, sizeof(line), "gateway: %s: ", level_name(level));
  if (prefix < 0) {
    return;
  }
  size_t used = (size_t)prefix;

  va_list arguments;
  va_start(arguments, format);
  const int wanted = vsnprintf(line + used, sizeof(line) - used, format, arguments);
  va_end(arguments);
  if (wanted < 0) {
    return;
  }
  used += (size_t)wanted;
  if (used > sizeof(line) - 1) {
    used = sizeof(line) - 1;
  }
  line[used] = '\n';  // takes the place of the terminator
  // There is nowhere to report that stderr is gone.
  const ssize_t written = write(STDERR_FILENO, line, used + 1);
  (void)written;
}
