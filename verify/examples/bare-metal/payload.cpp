// SPDX-License-Identifier: Apache-2.0
//
// Something to start: says that it runs, and turns the machine off. Any program that runs from a fixed address could stand here,
// such as a kernel. No call leaves this file's image, and nothing is set up for it but that it was started.
#include "board.h"

namespace proofmark::bare_metal {
namespace {

constexpr char kText[] = "payload: running\r\n";

}  // namespace

extern "C" [[noreturn]] void pm_payload_main();
extern "C" [[noreturn]] void pm_payload_main() {
  for (const char* text = kText; *text != '\0'; ++text) put_console(*text);
  power_off();
}

}  // namespace proofmark::bare_metal

extern "C" [[gnu::naked, noreturn, gnu::section(".text.start")]] void _start() {
  __asm__(
      "adrp x0, pm_stack_end\n"
      "add x0, x0, :lo12:pm_stack_end\n"
      "mov sp, x0\n"
      "b pm_payload_main\n");
}
