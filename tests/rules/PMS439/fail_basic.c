// SPDX-License-Identifier: Apache-2.0

#include <setjmp.h>

extern jmp_buf on_error;
void give_up(void);

void give_up(void) {
  longjmp(on_error, 1);  // expect: PMS439
}
