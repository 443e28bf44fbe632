// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>
#include <string.h>

void show(int port, unsigned char byte);

void show(int port, unsigned char byte) {
  char name[16], line[64], hex[12];
  unsigned char path[16];
  strcpy((char *)path, "/tmp/");
  puts((const char *)path);
  strcpy(name, "gateway");
  sprintf(line, "%s: port %5d%%, %.8s", "gateway", port, name);
  sprintf(hex, "%02x", byte);
  puts(line);
  puts(hex);
}
