// SPDX-License-Identifier: Apache-2.0
// flags: -Wno-error=format-security -Wno-unused -Wno-error

int answer(void);

int answer(void) { return 42; }
