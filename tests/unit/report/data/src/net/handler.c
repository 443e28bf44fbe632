// SPDX-License-Identifier: Apache-2.0
//
// Sample for the report: nothing compiles this file.
#include <string.h>

static int is_word(char c) {
  return c > ' ' && c != '"';
}

__attribute__((no_stack_protector))  // copied from the boot code
int handle_command(const char* text, size_t length) {
  char copy[64];
  if (length >= sizeof copy) {
    return -1;
  }
  memcpy(copy, text, length);
  copy[length] = '\0';
  return is_word(copy[0]);
}

int parse_header(const char* text) {
  char name[16];
  strncpy(name, text, sizeof name - 1);
  return name[0] == '#';
}

int copy_topic(char* out, const char* topic) {
  char part[32] = "";
  strcat(part, topic);
  return strcmp(out, part);
}
