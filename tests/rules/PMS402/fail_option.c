// SPDX-License-Identifier: Apache-2.0
// expect-unit: PMS402
// flags: -Wa,--execstack

int answer(void);

int answer(void) { return 42; }
