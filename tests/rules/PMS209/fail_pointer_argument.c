// SPDX-License-Identifier: Apache-2.0
#include <string.h>

void run(char *(*copy)(char *, const char *));
void start(void);

void start(void) {
  run(&strcpy);  // expect: PMS209
}
