// SPDX-License-Identifier: Apache-2.0

#include <sys/personality.h>

int start(void);

int start(void) {
  const unsigned long wanted = READ_IMPLIES_EXEC;
  return personality(wanted);  // expect: PMS419
}
