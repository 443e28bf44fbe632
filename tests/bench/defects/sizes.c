// SPDX-License-Identifier: Apache-2.0
//
// Sizes that belong to something else: to the pointer, to the other array, to the element or to the sender.
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct point {
  uint32_t id;
  double value;
  char unit[12];
};

// sample: clear_key
void clear_key(uint8_t* key, size_t size) {
#ifdef SOUND
  const size_t used = size;
#else
  const size_t used = size == 0 ? 0 : sizeof key;
#endif
  memset(key, 0, used);  // defect: CWE-467
}

// sample: point_new
struct point* point_new(uint32_t id, double value) {
  struct point* point = NULL;
#ifdef SOUND
  point = malloc(sizeof *point);
#else
  point = malloc(sizeof point);
#endif
  if (point == NULL) return NULL;
  point->id = id;
  point->value = value;  // defect: CWE-467
  memset(point->unit, 0, sizeof point->unit);
  return point;
}

// sample: same_unit, subtle
int same_unit(const struct point* left, const char* unit) {
  const char* own = left->unit;
#ifdef SOUND
  const size_t last = sizeof left->unit - 1;
#else
  const size_t last = sizeof own - 1;
#endif
  return memcmp(own, unit, last) == 0 && own[last] == unit[last];  // defect: CWE-467
}

// sample: pointer_table
struct point** pointer_table(size_t count) {
  if (count == 0 || count > 256) return NULL;
#ifdef SOUND
  struct point** table = malloc(count * sizeof *table);
#else
  struct point** table = malloc(count * sizeof(uint32_t));
#endif
  if (table == NULL) return NULL;
  for (size_t i = 0; i < count; i++) table[i] = NULL;  // defect: CWE-131
  return table;
}

// sample: points_copy
struct point* points_copy(const struct point* points, unsigned count) {
  if (count < 2 || count > 64) return NULL;
#ifdef SOUND
  struct point* copy = calloc(count, sizeof *copy);
#else
  struct point* copy = calloc(count, sizeof copy);
#endif
  if (copy == NULL) return NULL;
  memcpy(copy, points, count * sizeof *points);  // defect: CWE-131
  return copy;
}

// sample: block_of_size
static int wire_size(int peer, uint32_t* size) {
  char text[12];
  const ssize_t got = recv(peer, text, sizeof text - 1, 0);
  if (got <= 0) return -1;
  text[got] = '\0';
  *size = (uint32_t)strtoul(text, NULL, 10);
  return 0;
}

uint8_t* block_of_size(int peer) {
  uint32_t size = 0;
  if (wire_size(peer, &size) != 0) return NULL;
#ifdef SOUND
  if (size == 0 || size > 4096) return NULL;
#else
  if (size == 0) return NULL;
#endif
  return calloc(size, 16);  // defect: CWE-789
}

// sample: scratch_sum
uint32_t scratch_sum(int file) {
  uint32_t count = 0;
  uint32_t sum = 0;
  if (read(file, &count, sizeof count) != (ssize_t)sizeof count) return 0;
#ifdef SOUND
  if (count == 0 || count > 64) return 0;
#else
  if (count == 0) return 0;
#endif
  uint8_t scratch[count];  // defect: CWE-789
  if (read(file, scratch, count) != (ssize_t)count) return 0;
  for (uint32_t i = 0; i < count; i++) sum += scratch[i];
  return sum;
}

// sample: copy_serial
void copy_serial(char out[32], const char* serial) {
  char local[16];
#ifdef SOUND
  const size_t room = sizeof local;
#else
  const size_t room = strlen(serial) + 1;
#endif
  memset(local, 0, sizeof local);
  snprintf(local, room, "%s", serial);  // defect: CWE-121
  for (int i = 0; i < 16; i++) out[i] = local[i] == '-' ? '_' : local[i];
}

// sample: send_record
int send_record(int peer, uint32_t id) {
  uint8_t record[20];
  const uint32_t wire = htonl(id);
  memset(record, 0, sizeof record);
  memcpy(record, &wire, sizeof wire);
#ifdef SOUND
  const size_t size = sizeof record;
#else
  const size_t size = sizeof(struct point);
#endif
  return send(peer, record, size, 0) == (ssize_t)size ? 0 : -1;  // defect: CWE-126
}

// sample: partial_record, subtle
int partial_record(int peer, uint32_t id, int full) {
  uint8_t record[20];
#ifdef SOUND
  memset(record, 0, sizeof record);
#else
  memset(record, 0, 4);
#endif
  const uint32_t wire = htonl(id);
  memcpy(record, &wire, sizeof wire);
  if (full) memset(record + 4, 0xff, sizeof record - 4);
  uint32_t sum = 0;
  for (size_t i = 0; i < sizeof record; i++) sum += record[i];  // defect: CWE-457
  return send(peer, &sum, sizeof sum, 0) < 0 ? -1 : 0;
}
