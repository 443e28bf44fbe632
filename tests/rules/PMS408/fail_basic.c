// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>
#include <stdlib.h>

int ping(const char *host);

int ping(const char *host) {
  char command[128];
  snprintf(command, sizeof command, "ping -c 1 %s", host);
  return system(command);  // expect: PMS408
}
