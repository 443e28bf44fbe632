// SPDX-License-Identifier: Apache-2.0
// flags: -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
// expect-unit: PMF002

int answer(void);

int answer(void) { return 42; }
