// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>

#define STATUS (*(volatile uint32_t *)0x40001000u)

uint8_t status(void);

uint8_t status(void) { return STATUS; }  // expect: PMS504
