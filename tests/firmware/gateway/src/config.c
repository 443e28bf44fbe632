// SPDX-License-Identifier: Apache-2.0
//
// The configuration of this build (endpoints from the site, points of the heat meter that it polls) and its checks.
#include "config.h"

#include <stddef.h>
#include <string.h>

#include "site.h"

const GatewayConfig kGatewayConfig = {
    .device_name = SITE_DEVICE_NAME,
    .topic = SITE_TOPIC,
    .modbus_host = SITE_MODBUS_HOST,
    .modbus_port = SITE_MODBUS_PORT,
    .modbus_unit = SITE_MODBUS_UNIT,
    .modbus_timeout_ms = SITE_MODBUS_TIMEOUT_MS,
    .first_register = 0,
    .register_count = 10,
    .mqtt_host = SITE_MQTT_HOST,
    .mqtt_port = SITE_MQTT_PORT,
    .mqtt_keepalive_s = SITE_MQTT_KEEPALIVE_S,
    .interval_ms = SITE_INTERVAL_MS,
    .memory_limit_bytes = SITE_MEMORY_LIMIT_BYTES,
    .watchdog_deadline_s = SITE_WATCHDOG_DEADLINE_S,
    .watchdog_device = SITE_WATCHDOG_DEVICE,
    .point_count = 7,
    .writable_count = 1,
    .points =
        {
            {"supply_temperature_c", 0, kRegisterS16, 1},
            {"return_temperature_c", 1, kRegisterS16, 1},
            {"pressure_bar", 2, kRegisterU16, 2},
            {"energy_kwh", 3, kRegisterU32, 0},
            {"flow_m3_per_h", 5, kRegisterF32, 3},
            {"operating_time_s", 7, kRegisterU32Swapped, 0},
            {"setpoint_c", 9, kRegisterU16, 1},
        },
    .writable = {{9, 50, 900}},
};

uint16_t config_register_width(RegisterKind kind) {
  return (kind == kRegisterU16 || kind == kRegisterS16) ? 1 : 2;
}

static bool is_terminated(const char* text, size_t size) {
  return memchr(text, '\0', size) != NULL;
}

static bool is_word(const char* text, size_t size) {
  return is_terminated(text, size) && text[0] != '\0';
}

static const char* strings_defect(const GatewayConfig* config) {
  if (!is_word(config->device_name, sizeof(config->device_name))) {
    return "device_name is empty or too long";
  }
  if (!is_word(config->topic, sizeof(config->topic)) || strpbrk(config->topic, "+#") != NULL) {
    return "topic is empty, too long or has a wildcard";
  }
  if (!is_word(config->modbus_host, sizeof(config->modbus_host)) ||
      !is_word(config->mqtt_host, sizeof(config->mqtt_host))) {
    return "a host is empty or too long";
  }
  if (!is_terminated(config->watchdog_device, sizeof(config->watchdog_device))) {
    return "watchdog_device is too long";
  }
  return NULL;
}

static const char* points_defect(const GatewayConfig* config) {
  for (size_t i = 0; i < config->point_count; ++i) {
    const RegisterPoint* point = &config->points[i];
    if (!is_word(point->name, sizeof(point->name))) {
      return "the name of a point is empty or too long";
    }
    if (point->decimals > kDecimalsMax) {
      return "a point has too many decimals";
    }
    if (point->address + config_register_width(point->kind) > config->register_count) {
      return "a point lies outside the polled registers";
    }
  }
  return NULL;
}

const char* config_defect(const GatewayConfig* config) {
  if (config->register_count == 0 || config->register_count > kRegisterMax ||
      config->first_register + config->register_count > UINT16_MAX) {
    return "register_count is out of range";
  }
  if (config->point_count > kPointMax || config->writable_count > kWritableMax) {
    return "too many points or writable registers";
  }
  if (config->interval_ms < kIntervalMinMs || config->interval_ms > kIntervalMaxMs) {
    return "interval_ms is out of range";
  }
  if (config->modbus_port == 0 || config->mqtt_port == 0) {
    return "a port is zero";
  }
  // One cycle may use the timeout twice, to connect and to read; the watchdog must not bite a slow but sound device.
  if (config->modbus_timeout_ms == 0 || config->watchdog_deadline_s * 1000U <= 2U * config->modbus_timeout_ms) {
    return "watchdog_deadline_s does not exceed twice modbus_timeout_ms";
  }
  const char* defect = strings_defect(config);
  return defect != NULL ? defect : points_defect(config);
}

const WritableRegister* config_find_writable(const GatewayConfig* config, uint32_t address) {
  for (size_t i = 0; i < config->writable_count; ++i) {
    if (config->writable[i].address == address) {
      return &config->writable[i];
    }
  }
  return NULL;
}
