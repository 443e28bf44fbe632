// SPDX-License-Identifier: Apache-2.0

void use(void);

void use(void) {
  for (float x = 0.0f; x < 1.0f; x += 0.1f) {  // expect: PMS199
  }
}
