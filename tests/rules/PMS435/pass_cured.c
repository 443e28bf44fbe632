// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int print_name(const char *name);

int print_name(const char *name) { return printf("%s", name); }
