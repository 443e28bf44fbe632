// SPDX-License-Identifier: Apache-2.0

void note(const char *text);
void __stack_chk_fail(void);

__attribute__((weak)) void __stack_chk_fail(void) {  // expect: PMS415
  note("stack overflow");
}
