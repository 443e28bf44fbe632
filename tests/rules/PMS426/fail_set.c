// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int read_key(FILE *file, char *key, char *value);

int read_key(FILE *file, char *key, char *value) {
  return fscanf(file, "%31[^=]=%[^\n]", key, value);  // expect: PMS426
}
