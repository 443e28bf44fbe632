// SPDX-License-Identifier: Apache-2.0
//
// What start.cpp calls, and what it does for the others.
#pragma once

#include <stdint.h>

namespace proofmark::bare_metal {

// The program itself; the machine is set up, static data is as it was written.
[[noreturn]] void decide();

// Turns on the caches and address translation, as a table says that mmu.cpp holds: the program's own code can't be written, data
// can't be executed, flash can only be read, everything else is not there at all.
void turn_on_mmu();

// Leaves the program: writes back what the caches hold of [start, start + size), turns them and the translation off, and jumps to
// `start`, as the boot protocol of arm64 kernels wants it (Linux Documentation/arch/arm64/booting.rst).
[[noreturn]] void start_payload(uintptr_t start, uint64_t size);

}  // namespace proofmark::bare_metal
