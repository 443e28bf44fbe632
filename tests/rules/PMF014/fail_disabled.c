// SPDX-License-Identifier: Apache-2.0
// flags: -Wno-return-type
// expect-unit: PMF014

int answer(void);

int answer(void) { return 42; }
