// SPDX-License-Identifier: Apache-2.0
// driver: gcc

int parity(int mode);

int parity(int mode) {
  int bits = 0;
  switch (mode) {
    case 1:
      bits = 7;
      __attribute__((fallthrough));
    case 2:
      bits += 1;
      break;
    default:
      break;
  }
  return bits;
}
