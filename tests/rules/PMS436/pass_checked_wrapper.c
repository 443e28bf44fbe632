// SPDX-License-Identifier: Apache-2.0

#include <stdarg.h>
#include <stdio.h>

__attribute__((format(printf, 1, 2))) void note(const char *format, ...);
void show(int wide, int value);

void note(const char *format, ...) {
  va_list values;
  va_start(values, format);
  vfprintf(stderr, format, values);
  va_end(values);
}

void show(int wide, int value) {
  static const char *const forms[] = {"%d\n", "%8d\n"};
  printf(wide ? "%12d\n" : "%d\n", value);
  printf(forms[wide != 0], value);
}
