// SPDX-License-Identifier: Apache-2.0
//
// Known-answer tests. They catch a wrong byte order, a damaged table or a miscompiled build for a new board.
#include "selftest.h"

#include <string.h>

#include "log.h"
#include "modbus/crc16.h"
#include "modbus/encoder.h"
#include "network/handler.h"
#include "network/telemetry.h"

static bool crc_is_right(void) {
  // The check value of CRC-16/MODBUS in the catalogue of parametrised CRC algorithms.
  uint16_t crc = UINT16_MAX;
  crc16_modbus(&crc, "123456789", 9);
  return crc == 0x4B37;
}

static bool encoding_is_right(void) {
  static const GatewayConfig kConfig = {
      .device_name = "selftest",
      .register_count = 4,
      .point_count = 3,
      .points = {{"a", 0, kRegisterS16, 1}, {"b", 1, kRegisterU16, 2}, {"c", 2, kRegisterF32, 3}},
  };
  static const uint16_t kRegisters[] = {0xFFF1, 1234, 0x3FC0, 0x0000};
  static const char kExpected[] =
      "{\"device\":\"selftest\",\"sequence\":7,\"uptime_ms\":8,\"dropped\":0,"
      "\"values\":{\"a\":-1.5,\"b\":12.34,\"c\":1.500},\"registers\":[65521,1234,16320,0],\"crc16\":32346}";
  Sample sample = {.sequence = 7, .uptime_ms = 8};
  encoder_fill(&sample, &kConfig, kRegisters);
  char text[kTelemetryMax];
  return telemetry_format(text, &kConfig, &sample, 0) == sizeof(kExpected) - 1 && strcmp(text, kExpected) == 0;
}

static bool commands_are_right(const GatewayConfig* config) {
  static const char kCommand[] = "interval 1000";
  Command command;
  return handler_parse(config, kCommand, sizeof(kCommand) - 1, &command) == kCommandAccepted &&
         command.kind == kCommandInterval && command.value == 1000 &&
         handler_parse(config, kCommand, sizeof(kCommand), &command) == kCommandNotText;
}

static bool report(bool passed, const char* what) {
  if (!passed) {
    log_line(kLogError, "selftest: %s", what);
  }
  return passed;
}

bool selftest_run(const GatewayConfig* config) {
  const char* defect = config_defect(config);
  return report(defect == NULL, defect != NULL ? defect : "") && report(crc_is_right(), "CRC-16 is wrong") &&
         report(encoding_is_right(), "encoding is wrong") &&
         report(commands_are_right(config), "command parser is wrong");
}
