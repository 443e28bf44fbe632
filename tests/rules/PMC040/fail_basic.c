// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

struct Log {
  char *text;
};

int grow(struct Log *log, size_t size);

int grow(struct Log *log, size_t size) {
  log->text = realloc(log->text, size);  // expect: PMC040
  return log->text == NULL ? -1 : 0;
}
