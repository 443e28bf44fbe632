// SPDX-License-Identifier: Apache-2.0

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void describe(const char *name, int port);
void log_line(char *line, va_list values);
void join(char *line, const char *more);

void describe(const char *name, int port) {
  char line[32];
  sprintf(line, "%s:%d", name, port);  // expect: PMS409
  puts(line);
}

void log_line(char *line, va_list values) {
  vsprintf(line, "%s", values);  // expect: PMS409
}

void join(char *line, const char *more) {
  strcat(line, more);  // expect: PMS409
}
