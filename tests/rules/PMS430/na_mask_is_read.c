// SPDX-License-Identifier: Apache-2.0

#include <sys/stat.h>

mode_t current_mask(void);

mode_t current_mask(void) {
  const mode_t mask = umask(0);
  umask(mask);
  return mask;
}
