// SPDX-License-Identifier: Apache-2.0
//
// The site "loopback": a Modbus server and an MQTT broker on this machine. A site is a folder with one site.h; CMake
// puts the folder named by PROOFMARK_GATEWAY_SITE on the include path. What is set here ends up in read-only data, so
// the mark over the program covers the configuration too.
#pragma once

#define SITE_DEVICE_NAME "gateway-01"
#define SITE_TOPIC "proofmark/gateway-01"

// IPv4 literals: a gateway that resolves no names has no resolver to attack.
#define SITE_MODBUS_HOST "127.0.0.1"
#define SITE_MODBUS_PORT 1502
#define SITE_MODBUS_UNIT 1
#define SITE_MODBUS_TIMEOUT_MS 500

#define SITE_MQTT_HOST "127.0.0.1"
#define SITE_MQTT_PORT 1883
#define SITE_MQTT_KEEPALIVE_S 10

#define SITE_INTERVAL_MS 250

// A poll cycle that lasts longer than this ends the program. An empty device name means: no hardware watchdog.
#define SITE_WATCHDOG_DEADLINE_S 3
#define SITE_WATCHDOG_DEVICE ""

// What the program may allocate once it talks to a broker; 0: no limit.
#ifndef SITE_MEMORY_LIMIT_BYTES
#define SITE_MEMORY_LIMIT_BYTES (16 * 1024 * 1024)
#endif
