// SPDX-License-Identifier: Apache-2.0
//
// What the findings of the golden files point at, tabs included. It is never compiled.
// clang-format off
#include <stdint.h>

uint16_t checksum(const uint8_t *frame, uint32_t length)
{
	uint8_t copy[8];
	for (uint32_t i = 0; i <= length; i++) copy[i] = frame[i];
    return crc16_modbus(copy, length);
}
const char *name = "Prüfsumme 😀"; int after;
