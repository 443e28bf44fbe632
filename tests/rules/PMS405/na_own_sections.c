// SPDX-License-Identifier: Apache-2.0

int start(void);

__attribute__((section(".text.start"))) int start(void) { return 42; }
__attribute__((section(".rodata.table"))) const unsigned char table[16] = {1};
