// SPDX-License-Identifier: Apache-2.0

typedef int (*handler_t)(int line, void *device);

int request_irq(unsigned line, handler_t handler, unsigned long flags, const char *name, void *device);
void msleep(unsigned milliseconds);
int probe(void);

static int on_edge(int line, void *device) {
  (void)line;
  (void)device;
  msleep(5);  // expect: PMS506
  return 1;
}

int probe(void) { return request_irq(4, on_edge, 0, "edge", 0); }
