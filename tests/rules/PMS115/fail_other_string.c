// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>
#include <string.h>

int first_line(const char *path, char *out, char *mask, int room);

int first_line(const char *path, char *out, char *mask, int room) {
  FILE *input = fopen(path, "r");
  if (input == NULL) return -1;
  const int found = fgets(out, room, input) != NULL;
  if (found) mask[strcspn(out, "\n")] = '*';  // expect: PMS115
  fclose(input);
  return found ? 0 : -1;
}
