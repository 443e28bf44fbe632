// SPDX-License-Identifier: Apache-2.0
#include <string.h>

struct Operations {
  void *(*copy)(void *to, const void *from, size_t size);
};
extern const struct Operations operations;

const struct Operations operations = {
    memcpy,  // expect: PMS209
};
