// SPDX-License-Identifier: Apache-2.0
// Without the flag the attribute has no effect.

int other(int value);

__attribute__((zero_call_used_regs("skip"))) int receive(int value);

int receive(int value) {
  return other(value) + 1;
}
