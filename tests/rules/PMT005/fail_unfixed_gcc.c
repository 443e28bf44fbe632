// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// flags: -mbranch-protection=standard
// expect-unit: PMT005

int answer(void);

int answer(void) { return 42; }
