// SPDX-License-Identifier: Apache-2.0

#define LARGER(a, b) ((a) > (b) ? (a) : (b))

int next(int *index, int least);

int next(int *index, int least) {
  ++*index;
  return LARGER(*index, least);
}
