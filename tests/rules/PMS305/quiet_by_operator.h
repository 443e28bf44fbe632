// SPDX-License-Identifier: Apache-2.0
_Pragma("GCC system_header")
#include <stdio.h>

static inline void log_text(const char *text) {
  printf(text);
}
