// SPDX-License-Identifier: Apache-2.0

#include <string.h>

int is_set(const char *password_option, const char *name);

int is_set(const char *password_option, const char *name) { return strcmp(name, "password") == 0 && password_option; }

struct descriptor {
  char name[64];
};

extern struct descriptor hash_descriptor[2];

int is_same(const struct descriptor *wanted);

int is_same(const struct descriptor *wanted) { return memcmp(&hash_descriptor[1], wanted, sizeof *wanted) == 0; }
