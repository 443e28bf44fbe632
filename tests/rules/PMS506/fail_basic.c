// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

void UART0_IRQHandler(void);

void UART0_IRQHandler(void) {
  printf("received\n");  // expect: PMS506
}
