// SPDX-License-Identifier: Apache-2.0
//
// MQTT through libmosquitto, driven by mosquitto_loop(). Reconnecting is done here and not by the library, whose loop
// that reconnects would hold the program for seconds, out of reach of the poll cycle and the watchdog.
#include "network/publisher.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "log.h"
#include "network/telemetry.h"

enum { kQos = 1, kInFlightMax = 8 };

static const char* state_text(GatewayState state) {
  switch (state) {
    case kStateOnline:
      return "{\"state\":\"online\"}";
    case kStateDegraded:
      return "{\"state\":\"degraded\"}";
    case kStateOffline:
      break;
  }
  return "{\"state\":\"offline\"}";
}

static void make_topic(char topic[kTopicBufferSize], const GatewayConfig* config, const char* leaf) {
  // Cannot be cut: config_defect() has checked the length of the prefix, and the leaves are ours.
  (void)snprintf(topic, kTopicBufferSize, "%s/%s", config->topic, leaf);
}

static bool publish(Publisher* publisher, const char* leaf, const char* text, size_t length) {
  char topic[kTopicBufferSize];
  make_topic(topic, publisher->config, leaf);
  const bool retain = strcmp(leaf, "status") == 0;
  const int result = mosquitto_publish(publisher->client, NULL, topic, (int)length, text, kQos, retain);
  // Without a connection libmosquitto queues the message all the same, and acknowledges it later.
  if (result != MOSQ_ERR_SUCCESS && result != MOSQ_ERR_NO_CONN) {
    log_line(kLogWarning, "publisher: cannot publish: %s", mosquitto_strerror(result));
    return false;
  }
  ++publisher->in_flight;
  return true;
}

static void send_state(Publisher* publisher) {
  const char* text = state_text(publisher->state);
  (void)publish(publisher, "status", text, strlen(text));
}

// From here on the broker decides how much we allocate (libmosquitto takes packets of up to 256 MiB); the limit turns a
// hostile length into a failed allocation and a closed connection.
static void limit_memory(const GatewayConfig* config) {
  const struct rlimit limit = {.rlim_cur = config->memory_limit_bytes, .rlim_max = config->memory_limit_bytes};
  if (config->memory_limit_bytes != 0 && setrlimit(RLIMIT_DATA, &limit) != 0) {
    log_line(kLogWarning, "publisher: cannot limit memory: %s", strerror(errno));
  }
}

static void note_lost(Publisher* publisher, const char* why) {
  if (!publisher->active) {
    return;
  }
  publisher->active = false;
  publisher->connected = false;
  backoff_fail(&publisher->backoff, clock_now_ms());
  if (!publisher->complained) {
    log_line(kLogWarning, "publisher: no broker at %s:%u: %s", publisher->config->mqtt_host, (unsigned)publisher->port,
             why);
    publisher->complained = true;
  }
}

static void on_connect(struct mosquitto* client, void* context, int code) {
  Publisher* publisher = context;
  if (code != 0) {
    note_lost(publisher, mosquitto_connack_string(code));
    return;
  }
  char topic[kTopicBufferSize];
  make_topic(topic, publisher->config, "command");
  const int result = mosquitto_subscribe(client, NULL, topic, kQos);
  if (result != MOSQ_ERR_SUCCESS) {
    log_line(kLogWarning, "publisher: cannot subscribe: %s", mosquitto_strerror(result));
  }
  publisher->connected = true;
  publisher->complained = false;
  backoff_reset(&publisher->backoff);
  log_line(kLogInfo, "publisher: connected to %s:%u", publisher->config->mqtt_host, (unsigned)publisher->port);
  send_state(publisher);
}

static void on_disconnect(struct mosquitto* client, void* context, int code) {
  (void)client;
  note_lost(context, mosquitto_strerror(code));
}

static void on_publish(struct mosquitto* client, void* context, int message_id) {
  (void)client;
  (void)message_id;
  Publisher* publisher = context;
  if (publisher->in_flight > 0) {
    --publisher->in_flight;
  }
}

static void on_message(struct mosquitto* client, void* context, const struct mosquitto_message* message) {
  (void)client;
  Publisher* publisher = context;
  // A retained command would be carried out again after every reconnect.
  if (message->retain) {
    publisher_send_reply(publisher, false, "retained");
    return;
  }
  const size_t length = message->payloadlen > 0 ? (size_t)message->payloadlen : 0;
  Command command;
  const CommandStatus status = handler_parse(publisher->config, message->payload, length, &command);
  if (status != kCommandAccepted) {
    log_line(kLogWarning, "handler: command refused: %s", handler_status_text(status));
    publisher_send_reply(publisher, false, handler_status_text(status));
    return;
  }
  if (publisher->pending_count == kPendingMax) {
    publisher_send_reply(publisher, false, "busy");
    return;
  }
  publisher->pending[publisher->pending_count++] = command;
}

void publisher_init(Publisher* publisher, const GatewayConfig* config, uint16_t port) {
  *publisher = (Publisher){.config = config, .port = port, .state = kStateOnline};
}

// False: no memory.
static bool make_client(Publisher* publisher) {
  if (mosquitto_lib_init() != MOSQ_ERR_SUCCESS) {
    return false;
  }
  publisher->client = mosquitto_new(publisher->config->device_name, true, publisher);
  if (publisher->client == NULL) {
    return false;
  }
  mosquitto_connect_callback_set(publisher->client, on_connect);
  mosquitto_disconnect_callback_set(publisher->client, on_disconnect);
  mosquitto_publish_callback_set(publisher->client, on_publish);
  mosquitto_message_callback_set(publisher->client, on_message);
  char topic[kTopicBufferSize];
  make_topic(topic, publisher->config, "status");
  const char* will = state_text(kStateOffline);
  return mosquitto_will_set(publisher->client, topic, (int)strlen(will), will, kQos, true) == MOSQ_ERR_SUCCESS;
}

static void begin_connection(Publisher* publisher) {
  const GatewayConfig* config = publisher->config;
  publisher->active = true;
  if (publisher->client == NULL) {
    limit_memory(config);
    if (!make_client(publisher)) {
      mosquitto_destroy(publisher->client);
      publisher->client = NULL;
      note_lost(publisher, "out of memory");
      return;
    }
  }
  const int result =
      mosquitto_connect_async(publisher->client, config->mqtt_host, publisher->port, config->mqtt_keepalive_s);
  if (result != MOSQ_ERR_SUCCESS) {
    note_lost(publisher, result == MOSQ_ERR_ERRNO ? strerror(errno) : mosquitto_strerror(result));
  }
}

static void sleep_ms(uint32_t duration_ms) {
  const struct timespec duration = {
      .tv_sec = (time_t)(duration_ms / 1000U),
      .tv_nsec = (long)(duration_ms % 1000U) * 1000000L,
  };
  // Cut short by a signal it returns early, and the caller comes back anyway.
  (void)nanosleep(&duration, NULL);
}

void publisher_service(Publisher* publisher, uint32_t timeout_ms) {
  if (!publisher->active && backoff_is_due(&publisher->backoff, clock_now_ms())) {
    begin_connection(publisher);
  }
  if (!publisher->active) {
    sleep_ms(timeout_ms);
    return;
  }
  const int result = mosquitto_loop(publisher->client, (int)timeout_ms, 1);
  if (result != MOSQ_ERR_SUCCESS) {
    note_lost(publisher, mosquitto_strerror(result));
  }
}

bool publisher_has_room(const Publisher* publisher) {
  return publisher->connected && publisher->in_flight < kInFlightMax;
}

bool publisher_send_telemetry(Publisher* publisher, const char* text, size_t length) {
  return publish(publisher, "telemetry", text, length);
}

void publisher_send_reply(Publisher* publisher, bool done, const char* reason) {
  if (!publisher_has_room(publisher)) {
    return;
  }
  char text[kReplyMax];
  const size_t length = telemetry_format_reply(text, done, reason);
  if (length > 0) {
    (void)publish(publisher, "reply", text, length);
  }
}

void publisher_set_state(Publisher* publisher, GatewayState state) {
  if (publisher->state != state) {
    publisher->state = state;
    if (publisher->connected) {
      send_state(publisher);
    }
  }
}

bool publisher_take_command(Publisher* publisher, Command* command) {
  if (publisher->pending_count == 0) {
    return false;
  }
  *command = publisher->pending[0];
  --publisher->pending_count;
  memmove(&publisher->pending[0], &publisher->pending[1], publisher->pending_count * sizeof(publisher->pending[0]));
  return true;
}

void publisher_free(Publisher* publisher, uint32_t drain_ms) {
  if (publisher->client == NULL) {
    return;
  }
  publisher_set_state(publisher, kStateOffline);
  const uint64_t end_ms = clock_now_ms() + drain_ms;
  while (publisher->connected && publisher->in_flight > 0 && clock_now_ms() < end_ms) {
    publisher_service(publisher, 10);
  }
  publisher->active = false;  // the disconnection that follows is no loss
  (void)mosquitto_disconnect(publisher->client);
  mosquitto_destroy(publisher->client);
  publisher->client = NULL;
  (void)mosquitto_lib_cleanup();
}
