// SPDX-License-Identifier: Apache-2.0
// flags: -fno-stack-protector
// expect-unit: PMF003

int answer(void);

int answer(void) { return 42; }
