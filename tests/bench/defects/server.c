// SPDX-License-Identifier: Apache-2.0
//
// A small server: connections, buffers that grow, subscriptions and timers.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct client {
  int peer;
  char* topic;
  uint8_t* pending;
  size_t size;
};

struct timer {
  time_t when;
  void (*fire)(void*);
  void* argument;
};

// sample: client_drop
static void client_drop(struct client* client, const char* reason) {
  fprintf(stderr, "%s\n", reason);
  close(client->peer);
  free(client->topic);
  free(client->pending);
  free(client);
}

static int client_receive(struct client* client) {
  uint8_t byte;
  const ssize_t got = recv(client->peer, &byte, 1, 0);
  if (got <= 0) {
    client_drop(client, "gone");
    return -1;
  }
  return byte;
}

int client_serve(struct client* client) {
  const int kind = client_receive(client);
#ifdef SOUND
  if (kind < 0) return -1;
#else
  if (kind == 0) return 0;
#endif
  client->size++;  // defect: CWE-416
  return kind;
}

// sample: subscribe, subtle
int subscribe(struct client* client, const char* topic) {
#ifdef SOUND
  char* copy = strdup(topic);
  if (copy == NULL) return -1;
  free(client->topic);
  client->topic = copy;
#else
  free(client->topic);
  if (strlen(topic) > 128) return -1;
  client->topic = strdup(topic);
#endif
  return client->topic == NULL ? -1 : 0;
}

int subscribe_long(struct client* client, const char* topic) {
  if (subscribe(client, topic) == 0) return 0;
  if (client->topic != NULL) fprintf(stderr, "still %s\n", client->topic);  // defect: CWE-416
  return -1;
}

// sample: start_timer, subtle
struct tick {
  unsigned count;
};

static void on_tick(void* argument) {
  struct tick* tick = argument;
  tick->count++;
}

static struct timer* slow_timer;

int start_timer(struct timer* timer) {
#ifdef SOUND
  static struct tick tick;
#else
  struct tick tick = {0};
#endif
  timer->when = time(NULL) + 60;
  timer->fire = on_tick;
  timer->argument = &tick;
  slow_timer = timer;  // defect: CWE-562
  return 0;
}

// sample: accept_one
struct client* accept_one(int listener) {
  const int peer = accept(listener, NULL, NULL);
  if (peer < 0) return NULL;
  struct client* client = calloc(1, sizeof *client);
  if (client == NULL) {
#ifdef SOUND
    close(peer);
#endif
    return NULL;  // defect: CWE-775
  }
  client->peer = peer;
  return client;
}

// sample: queue_bytes
int queue_bytes(struct client* client, const uint8_t* bytes, size_t size) {
  uint8_t* grown = realloc(client->pending, client->size + size);
  if (grown == NULL) {
    free(client->pending);
#ifdef SOUND
    client->pending = NULL;
    client->size = 0;
#endif
    return -1;
  }
  memcpy(grown + client->size, bytes, size);
  client->pending = grown;
  client->size += size;
  return 0;
}

void greet(struct client* client) {
  static const uint8_t kGreeting[] = {1, 2, 3, 4};
  client->pending = malloc(4);
  client->size = 0;
  if (queue_bytes(client, kGreeting, sizeof kGreeting) != 0) free(client->pending);  // defect: CWE-415
}

// sample: retain_message
struct retained {
  char* topic;
  uint8_t* body;
};

int retain_message(struct retained* retained, const char* topic, const uint8_t* body, size_t size) {
  char* name = strdup(topic);
  uint8_t* copy = malloc(size);
  if (name == NULL || copy == NULL) {
#ifdef SOUND
    free(name);
    free(copy);
#else
    if (name != NULL) free(name);
#endif
    return -1;  // defect: CWE-401
  }
  memcpy(copy, body, size);
  retained->topic = name;
  retained->body = copy;
  return 0;
}

// sample: keep_alive, subtle
int keep_alive(const uint8_t* packet, size_t size, struct client** clients, unsigned count) {
  struct client* owner = NULL;
  for (unsigned i = 0; i < count; i++) {
    if (clients[i]->size != size) continue;
    owner = clients[i];
    break;
  }
#ifdef SOUND
  if (owner == NULL) return -1;
#endif
  if (packet[0] == 0xc0) owner->size = 0;  // defect: CWE-476
  return owner == NULL ? -1 : owner->peer;
}

// sample: flush_pending, subtle
int flush_pending(struct client* client) {
  size_t done = 0;
  while (done < client->size) {
    const ssize_t sent = send(client->peer, client->pending + done, client->size - done, 0);
#ifdef SOUND
    if (sent <= 0) return -1;
    done += (size_t)sent;
#else
    done += (size_t)sent;  // defect: CWE-252
#endif
  }
  client->size = 0;
  return 0;
}

// sample: welcome
void welcome(struct client* client, int known) {
  const char* name;
  if (known) name = client->topic;
#ifdef SOUND
  else
    name = "guest";
#else
  else if (client->size > 0)
    name = "guest";
#endif
  if (client->peer >= 0) dprintf(client->peer, "hello %s\n", name);  // defect: CWE-457
}
