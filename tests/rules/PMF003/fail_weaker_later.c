// SPDX-License-Identifier: Apache-2.0
// flags: -fstack-protector
// expect-unit: PMF003

int answer(void);

int answer(void) { return 42; }
