// SPDX-License-Identifier: Apache-2.0
// Clang counts int-conversion to the group that this turns off.
// flags: -Wno-conversion
// expect-unit: PMF014

int answer(void);

int answer(void) { return 42; }
