// SPDX-License-Identifier: Apache-2.0
// flags: -fstrict-overflow -fwrapv

int answer(void);

int answer(void) { return 42; }
