// SPDX-License-Identifier: Apache-2.0

int use(void);

int use(void) {
  int value;
  return value;  // expect: PMW007 PMS109
}
