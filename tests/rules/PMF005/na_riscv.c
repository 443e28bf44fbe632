// SPDX-License-Identifier: Apache-2.0
// driver: clang-19
// flags: --target=riscv64-linux-gnu

int answer(void);

int answer(void) { return 42; }
