// SPDX-License-Identifier: Apache-2.0
// flags: -fcf-protection=branch
// expect-unit: PMF005

int answer(void);

int answer(void) { return 42; }
