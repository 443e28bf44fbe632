// SPDX-License-Identifier: Apache-2.0

#include <unistd.h>

int run(char *const words[], char *const environment[]);

int run(char *const words[], char *const environment[]) {
  return execve("/usr/libexec/gateway/program", words, environment);
}
