// SPDX-License-Identifier: Apache-2.0
#include <alloca.h>

void take(char *text);
void receive(unsigned long size);

void receive(unsigned long size) {
  (void)size;
  take(alloca(64));
}
