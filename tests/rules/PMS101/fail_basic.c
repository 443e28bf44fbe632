// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>

int receive(int fd);
int fill_by_helper(void);
int copy_literal(void);
int index_by_value(int index);
int one_too_many(void);
int point_into(int fd);

int receive(int fd) {
  char buffer[64];
  if (recv(fd, buffer, 512, 0) < 1) return -1;  // expect: PMS101
  return buffer[0];
}

static void fill(char *where, size_t size) {
  memset(where, 0, size);  // expect: PMS101
}

int fill_by_helper(void) {
  char name[16];
  fill(name, 17);
  return name[0];
}

int copy_literal(void) {
  char name[16];
  strcpy(name, "seventeen letters");  // expect: PMS101
  return name[0];
}

int index_by_value(int index) {
  char name[16] = {0};
  if (index == 16) name[index] = 'x';  // expect: PMS101
  return name[0];
}

int one_too_many(void) {
  char name[8];
  for (int i = 0; i <= 8; i++) name[i] = 'y';  // expect: PMS101
  return name[0];
}

int point_into(int fd) {
  char frame[32];
  if (recv(fd, frame + 8, 32, 0) < 1) return -1;  // expect: PMS101
  return frame[8];
}
