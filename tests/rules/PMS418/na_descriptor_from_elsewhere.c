// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <unistd.h>

int run(int file, char *const words[], char *const environment[]);

int run(int file, char *const words[], char *const environment[]) { return fexecve(file, words, environment); }
