// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <stdio.h>

unsigned digest(const char *name, const unsigned char *data);

unsigned digest(const char *name, const unsigned char *data) {
  FILE *log = fopen(name, "ae");
  unsigned sum = 0;
  if (log == NULL) return 0;
  for (int i = 0; i < 64; ++i) sum += data[i];
  (void)fclose(log);
  return sum == 0 ? 1 : sum;
}
