// SPDX-License-Identifier: Apache-2.0
//
// CRC-16/MODBUS (reflected polynomial 0xA001, initial value 0xFFFF, no final exclusive or). Modbus TCP has no checksum
// of its own; the gateway puts one over the polled registers into each record, so that a consumer can tell a record
// that was damaged on its way through brokers and databases.
#pragma once

#include <stddef.h>
#include <stdint.h>

// Extends `*crc` over `length` bytes. The first call starts from 0xFFFF. Not a defence against forgery.
void crc16_modbus(uint16_t* crc, const void* bytes, size_t length);
