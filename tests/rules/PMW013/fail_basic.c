// SPDX-License-Identifier: Apache-2.0

unsigned use(void);

unsigned use(void) {
  return 1u << 32;  // expect: PMW013 PMS120
}
