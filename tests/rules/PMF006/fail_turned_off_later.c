// SPDX-License-Identifier: Apache-2.0
// flags: -fno-pie -fno-PIC
// expect-unit: PMF006

int answer(void);

int answer(void) { return 42; }
