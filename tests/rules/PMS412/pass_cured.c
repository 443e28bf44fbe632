// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int admin_password(char *password, int size);

int admin_password(char *password, int size) {
  FILE *file = fopen("/etc/gateway/admin", "re");
  if (file == NULL) return -1;
  const int read = fgets(password, size, file) != NULL;
  fclose(file);
  return read ? 0 : -1;
}
