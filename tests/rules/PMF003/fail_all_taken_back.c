// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// flags: -fno-stack-protector-all
// expect-unit: PMF003

int answer(void);

int answer(void) { return 42; }
