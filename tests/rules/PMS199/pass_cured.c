// SPDX-License-Identifier: Apache-2.0

void use(void);

void use(void) {
  for (int i = 0; i < 10; i++) {
  }
}
