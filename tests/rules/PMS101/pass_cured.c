// SPDX-License-Identifier: Apache-2.0

#include <sys/types.h>
#include <sys/socket.h>
#include <string.h>

int receive(int fd);
int copy_name(int index);

int receive(int fd) {
  char buffer[64];
  if (recv(fd, buffer, sizeof buffer, 0) < 1) return -1;
  return buffer[0];
}

int copy_name(int index) {
  char name[16];
  memset(name, 0, sizeof name);
  strcpy(name, "fifteen letters");
  if (index >= 0 && index < 16) name[index] = 'x';
  char *end = &name[16];
  return name[0] + (int)sizeof(name[20]) + (int)(end - name);
}
