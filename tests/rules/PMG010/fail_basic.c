// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <stddef.h>

struct Reply {
  int code;
};

int answer(const unsigned char *data, struct Reply *reply);

int answer(const unsigned char *data, struct Reply *reply) {
  unsigned sum = 0;
  for (int i = 0; i < 64; ++i) sum += data[i];
  if (reply == NULL && sum != 0) return reply->code;  // expect: PMG010
  return (int)sum;
}
