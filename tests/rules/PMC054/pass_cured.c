// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>
#include <sys/random.h>

int prepare(void);

int prepare(void) {
  unsigned seed;
  if (getrandom(&seed, sizeof(seed), 0) != (ssize_t)sizeof(seed)) return -1;
  srand(seed);
  return 0;
}
