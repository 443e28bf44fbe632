// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

void *take(int line);
void *take_some(int line);

void *take(int line) {
  uint32_t count = 0;
  if (read(line, &count, sizeof count) != sizeof count) return NULL;
  return calloc(count, 16);  // expect: PMS115
}

void *take_some(int line) {
  uint16_t count = 0;
  if (read(line, &count, sizeof count) != sizeof count) return NULL;
  return calloc(count, 16);
}
