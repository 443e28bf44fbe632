// SPDX-License-Identifier: Apache-2.0
// flags: -Os

int answer(void);

int answer(void) { return 42; }
