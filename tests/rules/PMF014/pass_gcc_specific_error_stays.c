// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// flags: -Werror=format-security -Wall -Wno-all

int answer(void);

int answer(void) { return 42; }
