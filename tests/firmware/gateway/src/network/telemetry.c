// SPDX-License-Identifier: Apache-2.0
//
// A JSON writer that can only append and only fail once: after an overflow all later appends do nothing.
#include "network/telemetry.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

typedef struct {
  char* text;
  size_t size;
  size_t used;
  bool overflow;
} Writer;

static void append(Writer* writer, const char* format, ...) __attribute__((format(printf, 2, 3)));

static void append(Writer* writer, const char* format, ...) {
  if (writer->overflow) {
    return;
  }
  const size_t room = writer->size - writer->used;
  va_list arguments;
  va_start(arguments, format);
  const int wanted = vsnprintf(writer->text + writer->used, room, format, arguments);
  va_end(arguments);
  if (wanted < 0 || (size_t)wanted >= room) {
    writer->overflow = true;
    return;
  }
  writer->used += (size_t)wanted;
}

// Prints scaled / 10^decimals without going through floating point.
static void append_decimal(Writer* writer, const PointValue* value) {
  if (!value->valid) {
    append(writer, "null");
    return;
  }
  uint64_t divisor = 1;
  for (uint8_t i = 0; i < value->decimals; ++i) {
    divisor *= 10U;
  }
  const bool negative = value->scaled < 0;
  const uint64_t magnitude = negative ? 0U - (uint64_t)value->scaled : (uint64_t)value->scaled;
  append(writer, "%s%" PRIu64, negative ? "-" : "", magnitude / divisor);
  if (value->decimals > 0) {
    append(writer, ".%0*" PRIu64, (int)value->decimals, magnitude % divisor);
  }
}

size_t telemetry_format(char text[kTelemetryMax], const GatewayConfig* config, const Sample* sample, uint32_t dropped) {
  Writer writer = {.text = text, .size = kTelemetryMax};
  append(&writer, "{\"device\":\"%s\",\"sequence\":%" PRIu32 ",\"uptime_ms\":%" PRIu64 ",\"dropped\":%" PRIu32,
         config->device_name, sample->sequence, sample->uptime_ms, dropped);
  append(&writer, ",\"values\":{");
  for (uint8_t i = 0; i < sample->point_count; ++i) {
    append(&writer, "%s\"%s\":", i == 0 ? "" : ",", config->points[i].name);
    append_decimal(&writer, &sample->values[i]);
  }
  append(&writer, "},\"registers\":[");
  for (uint16_t i = 0; i < sample->register_count; ++i) {
    append(&writer, "%s%u", i == 0 ? "" : ",", (unsigned)sample->registers[i]);
  }
  append(&writer, "],\"crc16\":%u}", (unsigned)sample->checksum);
  return writer.overflow ? 0 : writer.used;
}

size_t telemetry_format_reply(char text[kReplyMax], bool done, const char* reason) {
  Writer writer = {.text = text, .size = kReplyMax};
  if (done) {
    append(&writer, "{\"done\":true}");
  } else {
    append(&writer, "{\"done\":false,\"reason\":\"%s\"}", reason);
  }
  return writer.overflow ? 0 : writer.used;
}
