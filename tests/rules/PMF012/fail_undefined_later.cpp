// SPDX-License-Identifier: Apache-2.0
// flags: -U_GLIBCXX_ASSERTIONS
// expect-unit: PMF012

int answer(void);

int answer(void) { return 42; }
