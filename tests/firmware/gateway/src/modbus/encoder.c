// SPDX-License-Identifier: Apache-2.0
//
// Register words to engineering values. libmodbus has already turned each word from the wire's big endian order into
// the host's; which of two words comes first is the device's choice and stands in the configuration. Conversions that
// lose nothing are plain casts; the only lossy one, from floating point, is checked.
#include "modbus/encoder.h"

#include <string.h>

#include "modbus/crc16.h"

// No sensor measures beyond this; it also keeps the scaled value inside 64 bits.
static const double kFloatLimit = 1e12;

static uint32_t join_words(uint16_t high, uint16_t low) {
  return ((uint32_t)high << 16) | low;
}

static PointValue from_float(uint32_t bits, uint8_t decimals) {
  PointValue value = {.scaled = 0, .decimals = decimals, .valid = false};
  float number;
  _Static_assert(sizeof(number) == sizeof(bits), "IEEE 754 binary32");
  memcpy(&number, &bits, sizeof(number));
  // Written so that NaN, which compares false with everything, is refused too.
  if (!((double)number > -kFloatLimit && (double)number < kFloatLimit)) {
    return value;
  }
  double scaled = (double)number;
  for (uint8_t i = 0; i < decimals; ++i) {
    scaled *= 10.0;
  }
  value.scaled = (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
  value.valid = true;
  return value;
}

// The checksum covers the bytes as they were on the wire, so that any Modbus tool can recompute it.
static void add_registers(Sample* sample, const uint16_t* registers, uint16_t count) {
  sample->checksum = UINT16_MAX;  // initial value of CRC-16/MODBUS
  for (uint16_t i = 0; i < count; ++i) {
    sample->registers[i] = registers[i];
    const uint8_t wire[2] = {(uint8_t)(registers[i] >> 8), (uint8_t)registers[i]};
    crc16_modbus(&sample->checksum, wire, sizeof(wire));
  }
  sample->register_count = count;
}

static PointValue from_point(const RegisterPoint* point, const uint16_t* word) {
  PointValue value = {.scaled = 0, .decimals = point->decimals, .valid = true};
  switch (point->kind) {
    case kRegisterU16:
      value.scaled = word[0];
      break;
    case kRegisterS16:
      value.scaled = (int16_t)word[0];
      break;
    case kRegisterU32:
      value.scaled = join_words(word[0], word[1]);
      break;
    case kRegisterU32Swapped:
      value.scaled = join_words(word[1], word[0]);
      break;
    case kRegisterF32:
      return from_float(join_words(word[0], word[1]), point->decimals);
  }
  return value;
}

void encoder_fill(Sample* sample, const GatewayConfig* config, const uint16_t* registers) {
  add_registers(sample, registers, config->register_count);
  sample->point_count = config->point_count;
  for (uint8_t i = 0; i < config->point_count; ++i) {
    const RegisterPoint* point = &config->points[i];
    sample->values[i] = from_point(point, registers + point->address);
  }
}
