// SPDX-License-Identifier: Apache-2.0
// flags: -pedantic-errors

int one(void);

int one(void) {
  return __extension__({ 1; });  // expect: PMS308
}
