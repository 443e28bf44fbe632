// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// flags: -fstack-limit-symbol=lowest
// oracle: stack-limit receive lost gcc

int other(int value);

__attribute__((no_stack_limit)) int receive(int value);  // expect: PMS214

int receive(int value) {
  return other(value) + 1;
}
