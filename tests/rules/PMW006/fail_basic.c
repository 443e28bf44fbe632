// SPDX-License-Identifier: Apache-2.0

const char *built(void);

const char *built(void) {
  return __DATE__;  // expect: PMW006
}
