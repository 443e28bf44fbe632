// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

void print_irq_handlers(void);

void print_irq_handlers(void) { printf("none\n"); }
