// SPDX-License-Identifier: Apache-2.0

__attribute__((section(".scratch,\"awx\",@progbits#"))) unsigned char scratch[64] = {1};  // expect: PMS405
