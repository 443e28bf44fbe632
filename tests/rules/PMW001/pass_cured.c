// SPDX-License-Identifier: Apache-2.0

int declared(int x);
int use(int x);

int use(int x) {
  return declared(x);
}
