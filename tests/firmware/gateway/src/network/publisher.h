// SPDX-License-Identifier: Apache-2.0
//
// The MQTT client. It publishes below the configured topic
//
//   TOPIC/telemetry   samples, QoS 1
//   TOPIC/status      {"state":"online"|"degraded"|"offline"}, QoS 1, retained; "offline" is also the will
//   TOPIC/reply       answers to commands, QoS 1
//
// and takes commands from TOPIC/command. Single-threaded: callbacks only run inside publisher_service().
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <mosquitto.h>

#include "clock.h"
#include "config.h"
#include "network/handler.h"

enum { kPendingMax = 4, kTopicBufferSize = kTopicSize + 16 };

typedef enum { kStateOffline, kStateOnline, kStateDegraded } GatewayState;

typedef struct {
  struct mosquitto* client;  // NULL before the first connection
  const GatewayConfig* config;
  uint16_t port;
  Backoff backoff;
  bool active;      // a connection exists or is being made
  bool connected;   // the broker has accepted us
  bool complained;  // the running outage has been logged
  uint32_t in_flight;
  GatewayState state;
  Command pending[kPendingMax];
  uint32_t pending_count;
} Publisher;

// Prepares the publisher; the client is made with the first connection, so that the first poll does not wait for it.
// `port` overrides the configured one. The publisher must not move afterwards and the configuration must outlive it.
void publisher_init(Publisher* publisher, const GatewayConfig* config, uint16_t port);

// Connects when due, receives, sends, and returns after at most about `timeout_ms`.
void publisher_service(Publisher* publisher, uint32_t timeout_ms);

// Whether another sample may be handed over now: connected, and not too many unacknowledged.
bool publisher_has_room(const Publisher* publisher);

// Hands a sample to the client, which keeps it until the broker acknowledges it. False: not taken, try again later.
bool publisher_send_telemetry(Publisher* publisher, const char* text, size_t length);

// Answers a command. Dropped when there is no room: whoever floods the gateway with commands waits for replies in vain.
void publisher_send_reply(Publisher* publisher, bool done, const char* reason);

// Announces a new state; does nothing when it is the old one.
void publisher_set_state(Publisher* publisher, GatewayState state);

// Takes the oldest accepted command. False: there is none.
bool publisher_take_command(Publisher* publisher, Command* command);

// Announces "offline", disconnects and frees the client. Waits up to `drain_ms` for acknowledgements.
void publisher_free(Publisher* publisher, uint32_t drain_ms);
