// SPDX-License-Identifier: Apache-2.0

#include <stdatomic.h>
#include <stdio.h>

void UART0_IRQHandler(void);
void uart_task(void);

static atomic_int received;

void UART0_IRQHandler(void) { atomic_store(&received, 1); }

void uart_task(void) {
  if (atomic_exchange(&received, 0)) printf("received\n");
}
