// SPDX-License-Identifier: Apache-2.0

int next(void);
int wait(int level);

int wait(int level) {
  int now = next();
  while (now < level) {
    now = next();
  }
  return now;
}
