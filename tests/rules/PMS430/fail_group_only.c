// SPDX-License-Identifier: Apache-2.0

#include <sys/stat.h>

#define LOG_MASK S_IWGRP

void start(void);

void start(void) {
  umask(LOG_MASK);  // expect: PMS430
}
