// SPDX-License-Identifier: Apache-2.0

#include <unistd.h>

int restart(char *const words[]);

int restart(char *const words[]) {
  return execvp("gateway", words);  // expect: PMS424
}
