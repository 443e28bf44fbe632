// SPDX-License-Identifier: Apache-2.0

#include <string.h>

int is_set(const char *password_option, const char *name);

int is_set(const char *password_option, const char *name) { return strcmp(name, "password") == 0 && password_option; }
