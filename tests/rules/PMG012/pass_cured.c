// SPDX-License-Identifier: Apache-2.0
// driver: gcc

int limit(const unsigned char *data, int mode);

int limit(const unsigned char *data, int mode) {
  int most = 0;
  unsigned sum = 0;
  for (int i = 0; i < 64; ++i) sum += data[i];
  if (mode > 0) most = mode * 2;
  return sum == 0 ? 0 : most;
}
