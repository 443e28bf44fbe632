// SPDX-License-Identifier: Apache-2.0
// flags: -fPIC

int answer(void);

int answer(void) { return 42; }
