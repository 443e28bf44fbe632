// SPDX-License-Identifier: Apache-2.0
__attribute__((warn_unused_result)) int check(int value);
void receive(int value);

void receive(int value) {
  (void)check(value);  // expect: PMS308
}
