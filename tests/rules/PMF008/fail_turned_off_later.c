// SPDX-License-Identifier: Apache-2.0
// flags: -fdelete-null-pointer-checks
// expect-unit: PMF008

int answer(void);

int answer(void) { return 42; }
