// SPDX-License-Identifier: Apache-2.0
//
// The first instructions on arm64, and the guard of the stack protector, a global there.
#include "arch.h"
#include "start.h"

extern "C" uintptr_t __stack_chk_guard;
extern "C" uintptr_t __stack_chk_guard = 0;

namespace proofmark::linux_exec {

PM_BEFORE_GUARD void set_stack_guard(uint64_t guard) {
  __stack_chk_guard = guard;
}

}  // namespace proofmark::linux_exec

extern "C" [[gnu::naked, noreturn]] void _start() {
  __asm__(
      "mov x29, xzr\n"
      "mov x30, xzr\n"
      "mov x0, sp\n"
      "bl pm_start\n"
      "brk #1\n");
}
