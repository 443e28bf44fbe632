// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

struct Log {
  char *text;
};

int grow(struct Log *log, size_t size);

int grow(struct Log *log, size_t size) {
  char *text = realloc(log->text, size);
  if (text == NULL) return -1;
  log->text = text;
  return 0;
}
