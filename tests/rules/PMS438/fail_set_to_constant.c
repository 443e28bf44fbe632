// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>

extern uintptr_t __stack_chk_guard;
void prepare_guard(void);

uintptr_t __stack_chk_guard = 1;  // expect: PMS438

void prepare_guard(void) { __stack_chk_guard = 0x595e9fbdU; }
