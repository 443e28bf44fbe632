// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <strings.h>
#include <unistd.h>

void move_down(char *line);
int split(void);

void move_down(char *line) {
  bcopy(line + 1, line, 8);  // expect: PMS429
}

int split(void) {
  const pid_t child = vfork();  // expect: PMS429
  if (child == 0) _exit(0);
  return child;
}
