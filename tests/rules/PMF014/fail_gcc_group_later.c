// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// flags: -Wno-format -Wall
// expect-unit: PMF014

int answer(void);

int answer(void) { return 42; }
