// SPDX-License-Identifier: Apache-2.0
// flags: -Wno-builtin-requires-header

void note(const char *text);
void __stack_chk_fail(void);

void __stack_chk_fail(void) {  // expect: PMS415
  note("stack overflow");
}
