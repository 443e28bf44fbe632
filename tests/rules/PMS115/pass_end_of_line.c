// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>
#include <string.h>

int first_line(const char *path, char *out, int room);

int first_line(const char *path, char *out, int room) {
  FILE *input = fopen(path, "r");
  if (input == NULL) return -1;
  const int found = fgets(out, room, input) != NULL;
  if (found) out[strcspn(out, "\n")] = '\0';
  fclose(input);
  return found ? 0 : -1;
}
