// SPDX-License-Identifier: Apache-2.0
//
// Modbus TCP through libmodbus. After any transport error the connection is closed: a late answer to an old request
// must never be taken for the answer to a new one.
#include "modbus/poller.h"

#include <errno.h>

#include "log.h"

bool poller_init(Poller* poller, const GatewayConfig* config, uint16_t port) {
  *poller = (Poller){.config = config};
  poller->context = modbus_new_tcp(config->modbus_host, port);
  if (poller->context == NULL) {
    return false;
  }
  const uint32_t seconds = config->modbus_timeout_ms / 1000U;
  const uint32_t microseconds = config->modbus_timeout_ms % 1000U * 1000U;
  return modbus_set_slave(poller->context, config->modbus_unit) == 0 &&
         modbus_set_response_timeout(poller->context, seconds, microseconds) == 0 &&
         modbus_set_byte_timeout(poller->context, seconds, microseconds) == 0;
}

static void disconnect(Poller* poller) {
  if (poller->connected) {
    modbus_close(poller->context);
    poller->connected = false;
  }
}

static bool fail(Poller* poller, const char* what, int error) {
  if (!poller->complained) {
    log_line(kLogWarning, "poller: cannot %s: %s", what, modbus_strerror(error));
    poller->complained = true;
  }
  // A Modbus exception is an answer: the connection is sound and the next cycle may ask again.
  if (error > MODBUS_ENOBASE && error < EMBBADCRC) {
    return false;
  }
  disconnect(poller);
  backoff_fail(&poller->backoff, clock_now_ms());
  return false;
}

static bool connect_if_needed(Poller* poller) {
  if (poller->connected) {
    return true;
  }
  if (!backoff_is_due(&poller->backoff, clock_now_ms())) {
    return false;
  }
  if (modbus_connect(poller->context) != 0) {
    return fail(poller, "connect", errno);
  }
  poller->connected = true;
  return true;
}

static void note_success(Poller* poller) {
  if (poller->complained) {
    log_line(kLogInfo, "poller: the server answers again");
    poller->complained = false;
  }
  backoff_reset(&poller->backoff);
}

bool poller_read(Poller* poller, uint16_t* registers) {
  if (!connect_if_needed(poller)) {
    return false;
  }
  const GatewayConfig* config = poller->config;
  const int wanted = config->register_count;
  if (modbus_read_registers(poller->context, config->first_register, wanted, registers) != wanted) {
    return fail(poller, "read", errno);
  }
  note_success(poller);
  return true;
}

bool poller_write(Poller* poller, uint16_t address, uint16_t value) {
  if (!connect_if_needed(poller)) {
    return false;
  }
  if (modbus_write_register(poller->context, address, value) != 1) {
    return fail(poller, "write", errno);
  }
  note_success(poller);
  return true;
}

void poller_free(Poller* poller) {
  if (poller->context != NULL) {
    disconnect(poller);
    modbus_free(poller->context);
    poller->context = NULL;
  }
}
