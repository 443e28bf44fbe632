// SPDX-License-Identifier: Apache-2.0

// проверка
int check(int value);

int check(int value) {
  int итог = value;
  return итог;
}
