// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

FILE *list(void);
void run(const char *text);

FILE *list(void) {
  return popen("ls /etc", "r");  // expect: PMS408
}

void run(const char *text) {
  execl("/bin/sh", "sh", "-c", text, NULL);  // expect: PMS408
}
