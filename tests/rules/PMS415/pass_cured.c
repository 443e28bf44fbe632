// SPDX-License-Identifier: Apache-2.0

void note(const char *text);
_Noreturn void __stack_chk_fail(void);

_Noreturn void __stack_chk_fail(void) {
  note("stack overflow");
  for (;;) {
  }
}
