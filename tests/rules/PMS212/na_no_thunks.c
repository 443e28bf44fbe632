// SPDX-License-Identifier: Apache-2.0
// Without -mindirect-branch there is nothing to keep out of.
// driver: gcc

int other(int value);

__attribute__((indirect_branch("keep"))) int receive(int value);

int receive(int value) {
  return other(value) + 1;
}
