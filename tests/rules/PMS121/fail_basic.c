// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

int first_byte(int connection);
int owner(const char *name);
int pair(const char *text);
int said(FILE *file, char *out);
unsigned name_length(char *out, size_t room);

int first_byte(int connection) {
  uint8_t message[8];
  recv(connection, message, sizeof message, 0);
  return message[0];  // expect: PMS121
}

int owner(const char *name) {
  struct stat status;
  (void)stat(name, &status);
  return (int)status.st_uid;  // expect: PMS121
}

int pair(const char *text) {
  char low;
  char high;
  if (sscanf(text, "%c-%c", &low, &high) < 1) return -1;
  return high - low;  // expect: PMS121
}

int said(FILE *file, char *out) {
  char line[16];
  if (fgets(line, sizeof line, file) == NULL) fputs("nothing more\n", stderr);
  *out = line[0];  // expect: PMS121
  return 0;
}

unsigned name_length(char *out, size_t room) {
  char name[64];
  const int failed = gethostname(name, sizeof name);
  if (failed) fputs("no name\n", stderr);
  return (unsigned)snprintf(out, room, "%.63s", name);  // expect: PMS121
}
