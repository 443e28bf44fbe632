// SPDX-License-Identifier: Apache-2.0

#define CLOSE(a, b) \
  do {              \
    a = -1;         \
    b = -1;         \
  } while (0)

int left, right;
void end(int failed);

void end(int failed) {
  if (failed) CLOSE(left, right);
}
