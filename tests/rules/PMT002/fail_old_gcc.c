// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc-12
// flags: -mbranch-protection=standard
// expect-unit: PMT002

int answer(void);

int answer(void) { return 42; }
