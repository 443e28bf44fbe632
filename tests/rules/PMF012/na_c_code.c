// SPDX-License-Identifier: Apache-2.0
// flags: -U_GLIBCXX_ASSERTIONS

int answer(void);

int answer(void) { return 42; }
