// SPDX-License-Identifier: Apache-2.0
//
// Linux on arm64: how a system call is made, and what the ELF files of this machine look like.
#pragma once

#include <asm/unistd.h>
#include <elf.h>
#include <linux/audit.h>
#include <stdint.h>

namespace proofmark::linux_exec {

constexpr uint16_t kMachine = EM_AARCH64;
constexpr uint32_t kAuditArchitecture = AUDIT_ARCH_AARCH64;
constexpr uint32_t kRelativeRelocation = R_AARCH64_RELATIVE;

// Returns what the kernel returns: a result, or -errno.
inline long system_call(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
  return x0;
}

// With a sixth argument, for the one call that has it: where none is needed, no register is set.
inline long map_memory(long size, long protection, long flags, long descriptor) {
  register long x8 __asm__("x8") = __NR_mmap;
  register long x0 __asm__("x0") = 0;
  register long x1 __asm__("x1") = size;
  register long x2 __asm__("x2") = protection;
  register long x3 __asm__("x3") = flags;
  register long x4 __asm__("x4") = descriptor;
  register long x5 __asm__("x5") = 0;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
  return x0;
}

}  // namespace proofmark::linux_exec
