// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <stdio.h>

unsigned describe(const unsigned char *data, int named);
void publish(const char *text);

unsigned describe(const unsigned char *data, int named) {
  const char *text = "unnamed";
  unsigned sum = 0;
  for (int i = 0; i < 64; ++i) sum += data[i];
  if (named) {
    char name[16];
    snprintf(name, sizeof name, "%u", sum);
    text = name;
  }
  publish(text);  // expect: PMG009
  return sum;
}
