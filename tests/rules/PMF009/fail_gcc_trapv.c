// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// flags: -fstrict-overflow -ftrapv
// expect-unit: PMF009

int answer(void);

int answer(void) { return 42; }
