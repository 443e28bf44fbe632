// SPDX-License-Identifier: Apache-2.0
#include "plain.h"

void start(void);

void start(void) {
  log_text("a");
}
