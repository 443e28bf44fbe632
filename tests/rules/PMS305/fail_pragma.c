// SPDX-License-Identifier: Apache-2.0
// expect-header: 2 PMS305
// oracle: werror:format-security - lost gcc clang arm64-gcc arm64-clang

#include "quiet.h"

void start(void);

void start(void) {
  log_text("a");
}
