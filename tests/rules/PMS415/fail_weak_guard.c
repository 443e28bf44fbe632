// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>

extern uintptr_t __stack_chk_guard;

__attribute__((weak)) uintptr_t __stack_chk_guard;  // expect: PMS415
