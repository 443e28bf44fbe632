// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>

extern uintptr_t __stack_chk_guard;

uintptr_t __stack_chk_guard = 0x595e9fbdU;  // expect: PMS438
