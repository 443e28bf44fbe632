// SPDX-License-Identifier: Apache-2.0
// flags: -fno-stack-clash-protection
// expect-unit: PMF004

int answer(void);

int answer(void) { return 42; }
