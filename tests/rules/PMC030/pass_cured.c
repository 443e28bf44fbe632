// SPDX-License-Identifier: Apache-2.0

#include <stdbool.h>

int work(void);
int start(bool armed, bool cold);

int start(bool armed, bool cold) {
  if (armed) {
    if (!cold) return work();
  }
  return cold ? 1 : 0;
}
