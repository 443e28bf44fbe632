// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <string.h>

char *first_word(char *line, char **rest);

char *first_word(char *line, char **rest) { return strtok_r(line, " ", rest); }
