// SPDX-License-Identifier: Apache-2.0
int two(int left, int right);
typedef int (*Handler)(void *);
Handler pick(void);

Handler pick(void) {
  return (Handler)(void *)two;  // expect: PMS308
}
