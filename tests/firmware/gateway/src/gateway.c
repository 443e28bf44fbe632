// SPDX-License-Identifier: Apache-2.0
//
// One thread, one loop. Every wait in it is bounded, so the loop comes round at least ten times a second while all is
// well, and the watchdog's deadline means what it says.
#include "gateway.h"

#include <inttypes.h>

#include "backlog.h"
#include "clock.h"
#include "log.h"
#include "modbus/encoder.h"
#include "modbus/poller.h"
#include "network/publisher.h"
#include "network/telemetry.h"
#include "signals.h"
#include "watchdog.h"

enum { kSliceMs = 100, kDrainMs = 2000 };

typedef struct {
  const GatewayConfig* config;
  Poller poller;
  Publisher publisher;
  Backlog backlog;
  Watchdog watchdog;
  uint64_t start_ms;
  uint64_t next_poll_ms;
  uint32_t interval_ms;
  uint32_t cycles;
  uint32_t failures;
  uint32_t sequence;
} Gateway;

static void poll_once(Gateway* gateway) {
  uint16_t registers[kRegisterMax];
  ++gateway->cycles;
  const bool answered = poller_read(&gateway->poller, registers);
  publisher_set_state(&gateway->publisher, answered ? kStateOnline : kStateDegraded);
  if (!answered) {
    ++gateway->failures;
    return;
  }
  Sample sample = {.sequence = ++gateway->sequence, .uptime_ms = clock_now_ms() - gateway->start_ms};
  encoder_fill(&sample, gateway->config, registers);
  backlog_push(&gateway->backlog, &sample);
}

static void send_backlog(Gateway* gateway) {
  const Sample* sample = backlog_peek(&gateway->backlog);
  while (sample != NULL && publisher_has_room(&gateway->publisher)) {
    char text[kTelemetryMax];
    const size_t length = telemetry_format(text, gateway->config, sample, gateway->backlog.dropped);
    if (length == 0) {
      log_line(kLogError, "telemetry: sample %" PRIu32 " does not fit", sample->sequence);
      ++gateway->failures;
    } else if (!publisher_send_telemetry(&gateway->publisher, text, length)) {
      return;
    }
    backlog_pop(&gateway->backlog);
    sample = backlog_peek(&gateway->backlog);
  }
}

static void obey(Gateway* gateway, const Command* command) {
  bool done = true;
  switch (command->kind) {
    case kCommandInterval:
      gateway->interval_ms = command->value;
      gateway->next_poll_ms = clock_now_ms();
      log_line(kLogInfo, "handler: interval is now %" PRIu32 " ms", command->value);
      break;
    case kCommandWrite:
      done = poller_write(&gateway->poller, command->address, (uint16_t)command->value);
      log_line(kLogInfo, "handler: register %u %s %" PRIu32, (unsigned)command->address, done ? "set to" : "not set to",
               command->value);
      break;
  }
  publisher_send_reply(&gateway->publisher, done, "no answer from the device");
}

static uint32_t time_to_wait(const Gateway* gateway, uint64_t now_ms) {
  if (now_ms >= gateway->next_poll_ms) {
    return 0;
  }
  const uint64_t wait_ms = gateway->next_poll_ms - now_ms;
  return wait_ms < kSliceMs ? (uint32_t)wait_ms : kSliceMs;
}

static void turn(Gateway* gateway) {
  const uint64_t now_ms = clock_now_ms();
  if (now_ms >= gateway->next_poll_ms) {
    poll_once(gateway);
    // From now, not from when it was due: after a long outage there is no burst of polls to catch up.
    gateway->next_poll_ms = now_ms + gateway->interval_ms;
    watchdog_feed(&gateway->watchdog, gateway->interval_ms);
  }
  send_backlog(gateway);
  publisher_service(&gateway->publisher, time_to_wait(gateway, clock_now_ms()));
  Command command;
  while (publisher_take_command(&gateway->publisher, &command)) {
    obey(gateway, &command);
  }
}

// Gives the broker a last chance to acknowledge everything. True: it did.
static bool drain(Gateway* gateway) {
  const uint64_t end_ms = clock_now_ms() + kDrainMs;
  while (backlog_peek(&gateway->backlog) != NULL || gateway->publisher.in_flight > 0) {
    if (clock_now_ms() >= end_ms) {
      return false;
    }
    send_backlog(gateway);
    publisher_service(&gateway->publisher, 10);
  }
  return true;
}

static int run_prepared(Gateway* gateway, const Options* options) {
  bool stopped = false;
  while (!stopped && (options->cycles == 0 || gateway->cycles < options->cycles)) {
    turn(gateway);
    stopped = signals_stop_requested();
  }
  const bool delivered = drain(gateway);
  log_line(kLogInfo, "stopping after %" PRIu32 " cycles, %" PRIu32 " failed, %" PRIu32 " samples dropped",
           gateway->cycles, gateway->failures, gateway->backlog.dropped);
  if (stopped) {
    return kExitDone;
  }
  return delivered && gateway->failures == 0 && gateway->backlog.dropped == 0 ? kExitDone : kExitNotDelivered;
}

int gateway_run(const GatewayConfig* config, const Options* options) {
  static Gateway gateway;  // the backlog is too large for the stack of a small device
  gateway.config = config;
  gateway.interval_ms = config->interval_ms;
  gateway.start_ms = clock_now_ms();
  gateway.next_poll_ms = gateway.start_ms;
  watchdog_start(&gateway.watchdog, config);

  publisher_init(&gateway.publisher, config, options->mqtt_port);
  int exit_code = kExitCannotRun;
  if (poller_init(&gateway.poller, config, options->modbus_port)) {
    exit_code = run_prepared(&gateway, options);
  } else {
    log_line(kLogError, "poller: cannot prepare a client for %s", config->modbus_host);
  }
  publisher_free(&gateway.publisher, kDrainMs);
  poller_free(&gateway.poller);
  watchdog_stop(&gateway.watchdog);
  return exit_code;
}
