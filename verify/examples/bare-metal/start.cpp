// SPDX-License-Identifier: Apache-2.0
//
// The first instructions after reset, at EL1: floating point registers on (the SHA-256 instructions work on them), the stack,
// vectors for what must not happen, then main memory as C++ expects it. One core runs; the others wait in the firmware.
#include "start.h"

#include "board.h"
#include "message.h"

// Code that runs before the stack guard is set, which would find another guard when it returns.
#define PM_BEFORE_GUARD __attribute__((no_stack_protector))

extern "C" uintptr_t __stack_chk_guard;
extern "C" uintptr_t __stack_chk_guard = 0;

extern "C" [[noreturn]] void __stack_chk_fail();
extern "C" [[noreturn]] void __stack_chk_fail() {
  proofmark::bare_metal::Message().add("proofmark: stopped: the stack was overwritten").write();
  proofmark::bare_metal::power_off();
}

namespace proofmark::bare_metal {
namespace {

// The random number of the CPU where it has one, else its counter, which an attacker may guess: take your board's own source
// of randomness. The lowest byte is zero, so that a string function that runs over the end of a buffer stops at the guard.
PM_BEFORE_GUARD uintptr_t random_guard() {
  uint64_t features = 0;
  uint64_t number = 0;
  __asm__("mrs %0, id_aa64isar0_el1" : "=r"(features));
  if (features >> 60 != 0) {
    __asm__ volatile("mrs %0, s3_3_c2_c4_0" : "=r"(number) : : "cc");  // RNDR
  } else {
    __asm__ volatile("mrs %0, cntpct_el0" : "=r"(number));
  }
  return number & ~uintptr_t{0xff};
}

}  // namespace
}  // namespace proofmark::bare_metal

extern "C" [[noreturn]] PM_BEFORE_GUARD void pm_start();
extern "C" [[noreturn]] PM_BEFORE_GUARD void pm_start() {
  __stack_chk_guard = proofmark::bare_metal::random_guard();
  proofmark::bare_metal::turn_on_mmu();
  proofmark::bare_metal::decide();
}

// All sixteen vectors lead here: nothing is expected to happen, so whatever does ends the program.
extern "C" [[noreturn]] void pm_exception(uint64_t syndrome, uint64_t address);
extern "C" [[noreturn]] void pm_exception(uint64_t syndrome, uint64_t address) {
  using proofmark::bare_metal::Message;
  Message().add("proofmark: stopped: exception, syndrome ").add(syndrome).add(", at ").add(address).write();
  proofmark::bare_metal::power_off();
}

extern "C" [[gnu::naked, gnu::section(".text.vectors")]] void pm_vectors() {
  __asm__(
      ".rept 16\n"
      "  mrs x0, esr_el1\n"
      "  mrs x1, elr_el1\n"
      "  b pm_exception\n"
      "  .balign 128\n"
      ".endr\n");
}

// The stack is the lowest of the data, on top of code that can't be written: running over its end is an exception.
extern "C" [[gnu::naked, noreturn, gnu::section(".text.start")]] void _start() {
  __asm__(
      "mov x0, #(3 << 20)\n"
      "msr cpacr_el1, x0\n"
      "adrp x0, pm_vectors\n"
      "add x0, x0, :lo12:pm_vectors\n"
      "msr vbar_el1, x0\n"
      "isb\n"
      "adrp x0, pm_stack_end\n"
      "add x0, x0, :lo12:pm_stack_end\n"
      "mov sp, x0\n"
      "adrp x0, pm_bss_start\n"
      "add x0, x0, :lo12:pm_bss_start\n"
      "adrp x1, pm_bss_end\n"
      "add x1, x1, :lo12:pm_bss_end\n"
      "0: cmp x0, x1\n"
      "b.hs 1f\n"
      "stp xzr, xzr, [x0], #16\n"
      "b 0b\n"
      "1: mov x29, xzr\n"
      "mov x30, xzr\n"
      "b pm_start\n");
}
