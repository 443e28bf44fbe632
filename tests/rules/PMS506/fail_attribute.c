// SPDX-License-Identifier: Apache-2.0
// flags: -mgeneral-regs-only

#include <stdlib.h>

struct frame;

static void *last;

static void remember(void) {
  last = malloc(32);  // expect: PMS506
}

void on_timer(struct frame *frame);
__attribute__((interrupt)) void on_timer(struct frame *frame) {
  (void)frame;
  free(last);  // expect: PMS506
  remember();
}
