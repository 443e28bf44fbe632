// SPDX-License-Identifier: Apache-2.0
//
// The smallest real program: prints "tiny" and ends. Signed and attacked byte by byte, so every byte counts.
#include <asm/unistd.h>

#include "arch.h"

using proofmark::linux_exec::system_call;

extern "C" [[noreturn, gnu::no_stack_protector]] void _start() {
  system_call(__NR_write, 1, reinterpret_cast<long>("tiny\n"), 5);
  for (;;) system_call(__NR_exit_group, 0);
}
