// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <stdio.h>

unsigned digest(const char *name, const unsigned char *data);

unsigned digest(const char *name, const unsigned char *data) {
  FILE *log = fopen(name, "ae");
  unsigned sum = 0;
  if (log == NULL) return 0;
  for (int i = 0; i < 64; ++i) sum += data[i];
  if (sum == 0) return 1;  // expect: PMG014
  (void)fclose(log);
  return sum;
}
