// SPDX-License-Identifier: Apache-2.0
//
// Must not compile.
int main(void) {
  return crc16_modbus();
}
