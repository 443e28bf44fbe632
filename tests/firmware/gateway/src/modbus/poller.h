// SPDX-License-Identifier: Apache-2.0
//
// The Modbus TCP client: one connection to one server, made when needed and made again after errors, with backoff.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <modbus.h>

#include "clock.h"
#include "config.h"

typedef struct {
  modbus_t* context;
  const GatewayConfig* config;
  Backoff backoff;
  bool connected;
  bool complained;  // the running failure has been logged
} Poller;

// Prepares the client; connects nothing yet. `port` overrides the configured one. False: no memory, or the host is no
// IPv4 literal. The configuration must outlive the poller.
bool poller_init(Poller* poller, const GatewayConfig* config, uint16_t port);

// Reads the configured block into `registers` (room for config->register_count words). False when the server could not
// be reached, did not answer in time or answered with an exception; the cause has been logged once.
bool poller_read(Poller* poller, uint16_t* registers);

// Writes one register. The caller has checked that the address may be written. False as for poller_read().
bool poller_write(Poller* poller, uint16_t address, uint16_t value);

// Closes the connection and frees the client.
void poller_free(Poller* poller);
