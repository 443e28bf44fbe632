// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// expect-header: 2 PMS305
// oracle: werror:format-security - lost gcc clang arm64-gcc arm64-clang

#include "quiet_by_operator.h"

void start(void);

void start(void) {
  log_text("a");
}
