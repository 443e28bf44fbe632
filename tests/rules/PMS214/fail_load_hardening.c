// SPDX-License-Identifier: Apache-2.0
// flags: -mspeculative-load-hardening

int other(int value);

__attribute__((no_speculative_load_hardening)) int receive(int value);  // expect: PMS214

int receive(int value) {
  return other(value) + 1;
}
