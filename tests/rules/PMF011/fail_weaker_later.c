// SPDX-License-Identifier: Apache-2.0
// flags: -fstrict-flex-arrays=1
// expect-unit: PMF011

int answer(void);

int answer(void) { return 42; }
