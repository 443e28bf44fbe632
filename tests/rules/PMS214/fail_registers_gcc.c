// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// flags: -fzero-call-used-regs=used-gpr
// oracle: registers receive lost gcc clang

int other(int value);

__attribute__((zero_call_used_regs("skip"))) int receive(int value);  // expect: PMS214

int receive(int value) {
  return other(value) + 1;
}
