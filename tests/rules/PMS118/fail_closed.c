// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>
#include <unistd.h>

struct line {
  int descriptor;
  FILE *log;
};

void stop(struct line *line, int hard);
void rotate(struct line *line);
int again(int descriptor, int really);

void stop(struct line *line, int hard) {
  if (hard) close(line->descriptor);
  (void)!write(line->descriptor, "\n", 1);  // expect: PMS118
}

void rotate(struct line *line) {
  fclose(line->log);
  fputs("closed\n", line->log);  // expect: PMS118
}

int again(int descriptor, int really) {
  if (really) close(descriptor);
  return close(descriptor);  // expect: PMS118
}
