// SPDX-License-Identifier: Apache-2.0
//
// The system-call filter of a mark as a classic BPF program for seccomp(2). Of no architecture by itself, so that a test can
// run the arm64 program in an interpreter where the kernel can't be asked.
//
// What the list does not name ends the process (SECCOMP_RET_KILL_PROCESS): an error code would let a program go on in a
// state that nobody tested, and an attacker choose which call fails.
#pragma once

#include <linux/filter.h>
#include <stddef.h>
#include <stdint.h>

namespace proofmark::linux_exec {

// The execveat() that starts the program is made under the filter already. It is told apart from any that the program makes
// by its arguments: both pointers are random addresses of the launcher's, which are gone when the program runs.
struct StartCall {
  uint32_t number;      // of execveat
  uint32_t descriptor;  // first argument
  uint64_t path;        // second argument: address of an empty string in the launcher
  uint64_t arguments;   // third argument, on the launcher's stack
  uint32_t flags;       // fifth argument
};

struct FilterRules {
  uint32_t architecture;  // AUDIT_ARCH_*
  StartCall start;
  const uint16_t* allowed;  // ascending
  size_t count;             // at most kMostAllowed
};

constexpr size_t kMostAllowed = 512;
constexpr size_t kGroupSize = 16;
// Two instructions per entry at most, three per group, and what stands before the groups and behind them.
constexpr size_t kMostInstructions = 2 * kMostAllowed + 3 * (kMostAllowed / kGroupSize) + 32;

struct Filter {
  sock_filter instructions[kMostInstructions];
  uint16_t size;
};

// `filter` is overwritten. False when the rules have more entries than fit.
[[nodiscard]] bool build_filter(const FilterRules& rules, Filter* filter);

}  // namespace proofmark::linux_exec
