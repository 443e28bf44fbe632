// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <stdio.h>

int read_number(const char *line, int *number, char **word);

int read_number(const char *line, int *number, char **word) { return sscanf(line, "%*s %d %ms", number, word); }
