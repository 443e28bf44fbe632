// SPDX-License-Identifier: Apache-2.0
//
// How a device program begins without a libc: <arch>/entry.cpp has the first instructions, start.cpp makes the program
// runnable (relocations, stack guard, read-only data), and the program defines program_main().
#pragma once

#include <stdint.h>

// For what runs before the stack protector has its guard.
#define PM_BEFORE_GUARD __attribute__((no_stack_protector))

namespace proofmark::linux_exec {

// Makes `guard` the value that the stack protector compares with. Per architecture.
void set_stack_guard(uint64_t guard);

// The program. Returns its exit code.
[[nodiscard]] int program_main(int argument_count, char** arguments, char** environment);

}  // namespace proofmark::linux_exec

// Called by _start with the initial stack pointer: argument count, arguments, environment, auxiliary vector.
extern "C" [[noreturn]] void pm_start(uintptr_t* stack);
