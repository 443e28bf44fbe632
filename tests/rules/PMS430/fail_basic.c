// SPDX-License-Identifier: Apache-2.0

#include <sys/stat.h>

void start(void);

void start(void) {
  umask(0);  // expect: PMS430
}
