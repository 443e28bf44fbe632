// SPDX-License-Identifier: Apache-2.0

static void prepare(void) {}

__attribute__((section(".init_array"), used)) static void (*const entry)(void) = prepare;  // expect: PMS420
