// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

int first_byte(int connection);
int owner(const char *name);
int group(const char *name);
int pair(const char *text);
int number(const char *text);
int said(FILE *file, char *out);
int copied(int from, int to);
int old_value(const char *text);
int cleared(int connection);
int later(int connection);
int as_announced(int connection, char *out, size_t wanted);

int first_byte(int connection) {
  uint8_t message[8];
  ssize_t got = recv(connection, message, sizeof message, 0);
  if (got <= 0) return -1;
  return message[0];
}

int owner(const char *name) {
  struct stat status;
  return stat(name, &status) == 0 ? (int)status.st_uid : -1;
}

int group(const char *name) {
  struct stat status;
  if (stat(name, &status) == -1) return -1;
  return (int)status.st_gid;
}

int pair(const char *text) {
  char low;
  char high;
  if (sscanf(text, "%c-%c", &low, &high) != 2) return -1;
  return high - low;
}

int number(const char *text) {
  char value;
  int got = sscanf(text, "%c", &value);
  if (got == EOF || got == 0) return -1;
  return value;
}

int said(FILE *file, char *out) {
  char line[16];
  while (fgets(line, sizeof line, file) != NULL) *out = line[0];
  return 0;
}

int copied(int from, int to) {
  char block[16];
  ssize_t got = read(from, block, sizeof block);
  if (got < 0) return -1;
  return got == write(to, block, (size_t)got);
}

int old_value(const char *text) {
  char value = 'x';
  (void)!sscanf(text, "%c", &value);
  return value;
}

int cleared(int connection) {
  char message[8];
  memset(message, 0, sizeof message);
  recv(connection, message, sizeof message, 0);
  return message[0];
}

int later(int connection) {
  char message[8];
  if (recv(connection, message, sizeof message, 0) < 1) message[0] = 0;
  return message[0];
}

int as_announced(int connection, char *out, size_t wanted) {
  char message[8];
  if (wanted > sizeof message) return -1;
  if (recv(connection, message, wanted, 0) != (ssize_t)wanted) return -1;
  memcpy(out, message, wanted);
  return 0;
}
