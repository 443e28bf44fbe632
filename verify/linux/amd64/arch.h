// SPDX-License-Identifier: Apache-2.0
//
// Linux on amd64: how a system call is made, and what the ELF files of this machine look like.
#pragma once

#include <asm/unistd.h>
#include <elf.h>
#include <linux/audit.h>
#include <stdint.h>

namespace proofmark::linux_exec {

constexpr uint16_t kMachine = EM_X86_64;
constexpr uint32_t kAuditArchitecture = AUDIT_ARCH_X86_64;
constexpr uint32_t kRelativeRelocation = R_X86_64_RELATIVE;

// Returns what the kernel returns: a result, or -errno.
inline long system_call(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0) {
  long result = 0;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                   : "rcx", "r11", "memory");
  return result;
}

// With a sixth argument, for the one call that has it: where none is needed, no register is set.
inline long map_memory(long size, long protection, long flags, long descriptor) {
  long result = 0;
  register long r10 __asm__("r10") = flags;
  register long r8 __asm__("r8") = descriptor;
  register long r9 __asm__("r9") = 0;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(__NR_mmap), "D"(0L), "S"(size), "d"(protection), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

}  // namespace proofmark::linux_exec
