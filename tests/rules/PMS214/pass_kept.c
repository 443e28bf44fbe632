// SPDX-License-Identifier: Apache-2.0
// flags: -fzero-call-used-regs=used-gpr
// oracle: registers receive kept gcc clang

int other(int value);

int receive(int value);

int receive(int value) {
  return other(value) + 1;
}
