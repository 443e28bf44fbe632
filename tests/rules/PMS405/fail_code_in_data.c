// SPDX-License-Identifier: Apache-2.0

int patch(void);

__attribute__((section(".data"))) int patch(void) { return 42; }  // expect: PMS405
