// SPDX-License-Identifier: Apache-2.0

#include <stdarg.h>
#include <stdio.h>

void note(const char *format, ...);

void note(const char *format, ...) {
  va_list values;
  va_start(values, format);
  vfprintf(stderr, format, values);  // expect: PMS436
  va_end(values);
}
