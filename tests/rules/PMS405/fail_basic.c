// SPDX-License-Identifier: Apache-2.0

__attribute__((section(".text.table"))) const unsigned char table[16] = {1};  // expect: PMS405
