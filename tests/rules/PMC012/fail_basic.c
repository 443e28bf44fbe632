// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <fcntl.h>
#include <unistd.h>

int new_pipe(int ends[2]);

int new_pipe(int ends[2]) {
  return pipe2(ends, O_NONBLOCK);  // expect: PMC012
}
