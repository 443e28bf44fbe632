// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

static inline void log_text(const char *text) {
  printf("%s", text);
}
