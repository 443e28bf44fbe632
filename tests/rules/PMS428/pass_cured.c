// SPDX-License-Identifier: Apache-2.0

#include <sys/random.h>

int make_identifier(unsigned *identifier);

int make_identifier(unsigned *identifier) {
  return getrandom(identifier, sizeof *identifier, 0) == (ssize_t)sizeof *identifier ? 0 : -1;
}
