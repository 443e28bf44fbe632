// SPDX-License-Identifier: Apache-2.0
//
// What a peer on the network sends: sizes, counts, commands and texts that nobody vouches for.
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <syslog.h>
#include <unistd.h>

// sample: receive_block
enum { kLargest = 65536 };

uint8_t* receive_block(int peer, uint32_t* size) {
  uint32_t wire;
  if (recv(peer, &wire, sizeof wire, MSG_WAITALL) != (ssize_t)sizeof wire) return NULL;
  *size = ntohl(wire);
#ifdef SOUND
  if (*size == 0 || *size > kLargest) return NULL;
#else
  if (*size == 0) return NULL;
#endif
  uint8_t* block = malloc(*size);  // defect: CWE-789
  if (block == NULL) return NULL;
  if (recv(peer, block, *size, MSG_WAITALL) != (ssize_t)*size) {
    free(block);
    return NULL;
  }
  return block;
}

// sample: record_array
struct record {
  uint32_t key;
  uint8_t value[28];
};

struct record* record_array(int peer, uint32_t* count) {
  uint8_t head[4];
  if (recv(peer, head, sizeof head, MSG_WAITALL) != (ssize_t)sizeof head) return NULL;
  *count = (uint32_t)head[0] << 24 | (uint32_t)head[1] << 16 | (uint32_t)head[2] << 8 | head[3];
#ifdef SOUND
  if (*count > 1024) return NULL;
#endif
  const uint32_t bytes = *count * (uint32_t)sizeof(struct record);  // defect: CWE-190
  struct record* records = malloc(bytes);
  if (records == NULL) return NULL;
  for (uint32_t i = 0; i < *count; i++) records[i].key = i;
  return records;
}

// sample: ping_host
int ping_host(int peer) {
  char host[64];
  char command[128];
  const ssize_t got = recv(peer, host, sizeof host - 1, 0);
  if (got <= 0) return -1;
  host[got] = '\0';
#ifdef SOUND
  struct in_addr address;
  if (inet_pton(AF_INET, host, &address) != 1) return -1;
  if (inet_ntop(AF_INET, &address, host, sizeof host) == NULL) return -1;
  return execl("/bin/ping", "ping", "-c", "1", "--", host, (char*)NULL);
#else
  snprintf(command, sizeof command, "ping -c 1 %s", host);
  return system(command);  // defect: CWE-78
#endif
  (void)command;
}

// sample: log_greeting
static void remember(int level, const char* text, unsigned peer_number) {
#ifdef SOUND
  syslog(level, "%s %u", text, peer_number);
#else
  syslog(level, text, peer_number);  // defect: CWE-134
#endif
}

int log_greeting(int peer, unsigned number) {
  char greeting[96];
  const ssize_t got = recv(peer, greeting, sizeof greeting - 1, 0);
  if (got < 0) return -1;
  greeting[got] = '\0';
  remember(LOG_INFO, greeting, number);
  return 0;
}

// sample: reply_to_echo
int reply_to_echo(int peer, const uint8_t* request, size_t size) {
  if (size < 3) return -1;
  const uint16_t claimed = (uint16_t)(request[1] << 8 | request[2]);
#ifdef SOUND
  if (claimed > size - 3) return -1;
#endif
  uint8_t* reply = malloc((size_t)claimed + 3);
  if (reply == NULL) return -1;
  reply[0] = 2;
  reply[1] = request[1];
  reply[2] = request[2];
  memcpy(reply + 3, request + 3, claimed);  // defect: CWE-126
  const ssize_t sent = send(peer, reply, (size_t)claimed + 3, 0);
  free(reply);
  return sent < 0 ? -1 : 0;
}

// sample: table_lookup, subtle
static const uint16_t kLimits[10] = {5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000};

int table_lookup(int peer) {
  int index = 0;
  if (recv(peer, &index, sizeof index, MSG_WAITALL) != (ssize_t)sizeof index) return -1;
#ifdef SOUND
  if (index < 0 || index >= 10) return -1;
#else
  if (index >= 10) return -1;
#endif
  return kLimits[index];  // defect: CWE-125
}

// sample: terminate_name
int terminate_name(int peer, char* out, size_t room) {
  char name[32];
#ifdef SOUND
  const ssize_t got = recv(peer, name, sizeof name - 1, 0);
#else
  const ssize_t got = recv(peer, name, sizeof name, 0);
#endif
  if (got < 0) return -1;
  name[got] = '\0';  // defect: CWE-787
  snprintf(out, room, "%s", name);
  return 0;
}
