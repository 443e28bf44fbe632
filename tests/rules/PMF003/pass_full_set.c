// SPDX-License-Identifier: Apache-2.0
// flags: -fno-stack-protector -fstack-protector-strong

int answer(void);

int answer(void) { return 42; }
