// SPDX-License-Identifier: Apache-2.0
//
// Declares the checksum of Modbus RTU frames.
#pragma once

#include <stddef.h>
#include <stdint.h>

uint16_t crc16_modbus(const uint8_t *bytes, size_t length);
