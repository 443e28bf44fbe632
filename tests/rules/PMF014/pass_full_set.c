// SPDX-License-Identifier: Apache-2.0
// flags: -Wno-error=format-security -Werror=format-security -Wno-unused

int answer(void);

int answer(void) { return 42; }
