// SPDX-License-Identifier: Apache-2.0

#include <stdbool.h>

int work(void);
int start(bool armed, bool cold);

int start(bool armed, bool cold) {
  if (armed) {
    if (armed) return work();  // expect: PMC030
  }
  return cold ? 1 : 0;
}
