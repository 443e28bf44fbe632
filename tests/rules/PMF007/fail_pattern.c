// SPDX-License-Identifier: Apache-2.0
// flags: -ftrivial-auto-var-init=pattern
// expect-unit: PMF007

int answer(void);

int answer(void) { return 42; }
