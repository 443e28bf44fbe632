// SPDX-License-Identifier: Apache-2.0
// flags: -fstrict-overflow
// expect-unit: PMF009

int answer(void);

int answer(void) { return 42; }
