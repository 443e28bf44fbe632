// SPDX-License-Identifier: Apache-2.0

int decode(int function);

int decode(int function) {
  int length = 0;
  switch (function) {  // expect: PMC044
    case 3:
      length = 4;
      break;
    case 6:
      length = 2;
      break;
  }
  return length;
}
