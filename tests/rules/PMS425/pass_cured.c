// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int read_name(char *name, int size);

int read_name(char *name, int size) { return fgets(name, size, stdin) != NULL; }
