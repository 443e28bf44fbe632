// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>

typedef struct _modbus modbus_t;
int modbus_read_registers(modbus_t *context, int address, int count, uint16_t *registers);

static int outputs[32];
int set(modbus_t *context);

int set(modbus_t *context) {
  uint16_t registers[2];
  if (modbus_read_registers(context, 0, 2, registers) != 2) return -1;
  outputs[registers[0]] = registers[1];  // expect: PMS115
  return 0;
}
