// SPDX-License-Identifier: Apache-2.0
//
// The compiled-in configuration. Nothing is read at run time: the type holds its strings as arrays, not pointers, so
// the one instance needs no relocation and lies in .rodata, where the mark covers it and nobody can change it.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
  kNameSize = 24,
  kHostSize = 46,  // INET6_ADDRSTRLEN
  kTopicSize = 64,
  kPathSize = 64,
  kPointMax = 16,
  kRegisterMax = 32,
  kWritableMax = 4,
  kDecimalsMax = 6,
  kIntervalMinMs = 50,
  kIntervalMaxMs = 60000,
};

// How one or two holding registers make a number. Modbus fixes the byte order inside a register, but vendors disagree
// about which of two registers comes first.
typedef enum {
  kRegisterU16,
  kRegisterS16,
  kRegisterU32,         // most significant register first
  kRegisterU32Swapped,  // least significant register first
  kRegisterF32,         // IEEE 754, most significant register first
} RegisterKind;

// One measured value: `decimals` digits of the integer kinds lie behind the point; kRegisterF32 is rounded to as many.
typedef struct {
  char name[kNameSize];  // name of the JSON member, unit last
  uint16_t address;      // relative to first_register
  RegisterKind kind;
  uint8_t decimals;
} RegisterPoint;

// A register that a command may write, and the raw values it may take.
typedef struct {
  uint16_t address;  // as on the wire
  uint16_t minimum;
  uint16_t maximum;
} WritableRegister;

typedef struct {
  char device_name[kNameSize];
  char topic[kTopicSize];  // prefix of all topics, without the last slash
  char modbus_host[kHostSize];
  uint16_t modbus_port;
  uint8_t modbus_unit;
  uint32_t modbus_timeout_ms;
  uint16_t first_register;
  uint16_t register_count;
  char mqtt_host[kHostSize];
  uint16_t mqtt_port;
  uint16_t mqtt_keepalive_s;
  uint32_t interval_ms;
  uint32_t memory_limit_bytes;  // 0: none
  uint32_t watchdog_deadline_s;
  char watchdog_device[kPathSize];  // empty: none
  uint8_t point_count;
  uint8_t writable_count;
  RegisterPoint points[kPointMax];
  WritableRegister writable[kWritableMax];
} GatewayConfig;

extern const GatewayConfig kGatewayConfig;

// How many registers a value of this kind takes.
uint16_t config_register_width(RegisterKind kind);

// Checks everything the type cannot: terminated strings, ranges, points inside the polled block. Returns NULL when the
// configuration is sound, else what is wrong with it, in words.
const char* config_defect(const GatewayConfig* config);

// The allow-list entry for a register, or NULL when no command may write it.
const WritableRegister* config_find_writable(const GatewayConfig* config, uint32_t address);
