// SPDX-License-Identifier: Apache-2.0

unsigned use(void);

unsigned use(void) {
  return 1u << 31;
}
