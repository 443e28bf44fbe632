// SPDX-License-Identifier: Apache-2.0
//
// The first instructions on amd64, and where the stack protector finds its guard: in the thread block at %fs:0x28
// (psABI), which a program without libc has to provide itself.
#include <asm/prctl.h>
#include <asm/unistd.h>

#include "arch.h"
#include "start.h"

namespace {

struct ThreadBlock {
  ThreadBlock* self;
  uint64_t unused[4];
  uint64_t guard;
};
static_assert(__builtin_offsetof(ThreadBlock, guard) == 0x28);

ThreadBlock thread_block;

}  // namespace

namespace proofmark::linux_exec {

PM_BEFORE_GUARD void set_stack_guard(uint64_t guard) {
  thread_block.self = &thread_block;
  thread_block.guard = guard;
  system_call(__NR_arch_prctl, ARCH_SET_FS, reinterpret_cast<long>(&thread_block));
}

}  // namespace proofmark::linux_exec

extern "C" [[gnu::naked, noreturn]] void _start() {
  __asm__(
      "xorl %ebp, %ebp\n"
      "movq %rsp, %rdi\n"
      "andq $-16, %rsp\n"
      "call pm_start\n"
      "ud2\n");
}
