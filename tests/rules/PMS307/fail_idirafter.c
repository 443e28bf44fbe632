// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// flags: -idirafter @DIR@/vendored_after
// expect-header: 1 PMS307
// oracle: werror:format-security - lost gcc clang arm64-gcc arm64-clang

#include "text.h"

void start(void);

void start(void) {
  log_text("a");
}
