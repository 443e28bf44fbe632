// SPDX-License-Identifier: Apache-2.0

int decode(int function);

int decode(int function) {
  int length = 0;
  switch (function) {
    case 3:
      length = 4;
      break;
    case 6:
      length = 2;
      break;
    default:
      return -1;
  }
  return length;
}
