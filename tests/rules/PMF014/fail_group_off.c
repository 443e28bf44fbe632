// SPDX-License-Identifier: Apache-2.0
// flags: -Werror=format-security -Wno-format
// expect-unit: PMF014

int answer(void);

int answer(void) { return 42; }
