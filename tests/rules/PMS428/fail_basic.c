// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

int make_identifier(void);

int make_identifier(void) {
  return rand();  // expect: PMS428
}
