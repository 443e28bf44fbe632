// SPDX-License-Identifier: Apache-2.0
// flags: -fstrict-aliasing
// expect-unit: PMF010

int answer(void);

int answer(void) { return 42; }
