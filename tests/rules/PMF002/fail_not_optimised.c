// SPDX-License-Identifier: Apache-2.0
// flags: -O0
// expect-unit: PMF001 PMF002

int answer(void);

int answer(void) { return 42; }
