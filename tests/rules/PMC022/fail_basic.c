// SPDX-License-Identifier: Apache-2.0

double ratio(int used, int all);

double ratio(int used, int all) {
  return used / all;  // expect: PMC022
}
