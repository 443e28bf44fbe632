// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <stdlib.h>

int prepare(void);

int prepare(void) { return setenv("TZ", "UTC", 1); }
