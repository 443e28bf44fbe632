// SPDX-License-Identifier: Apache-2.0
// flags: -fno-such-flag
// expect-unit: PMT003

int answer(void);

int answer(void) { return 42; }
