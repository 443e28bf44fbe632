// SPDX-License-Identifier: Apache-2.0
// driver: gcc

int parity(int mode);

int parity(int mode) {
  int bits = 0;
  switch (mode) {
    case 1:
      bits = 7;  // expect: PMG017
    case 2:
      bits += 1;
      break;
    default:
      break;
  }
  return bits;
}
