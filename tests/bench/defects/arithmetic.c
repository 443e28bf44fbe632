// SPDX-License-Identifier: Apache-2.0
//
// Numbers from outside that are multiplied, divided, shifted and added before anybody looks at them.
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// sample: image_pixels
uint8_t* image_pixels(int file, uint32_t* bytes) {
  uint16_t size[2];
  if (read(file, size, sizeof size) != (ssize_t)sizeof size) return NULL;
  if (size[0] == 0 || size[1] == 0) return NULL;
#ifdef SOUND
  if (size[0] > 4096 || size[1] > 4096) return NULL;
#endif
  *bytes = (uint32_t)((int)size[0] * (int)size[1]);  // defect: CWE-190
  return calloc(*bytes, 1);
}

// sample: next_deadline
int next_deadline(const char* text, int now) {
  const int delay = atoi(text);
  if (delay < 0 || now < 0) return -1;
#ifdef SOUND
  if (delay > INT_MAX - now) return -1;
#endif
  return now + delay;  // defect: CWE-190
}

// sample: sector_buffer
static int sectors_per_block(uint8_t exponent) {
  return 1 << (exponent & 7);
}

uint8_t* sector_buffer(int file) {
  struct {
    uint32_t blocks;
    uint8_t exponent;
  } head;
  memset(&head, 0, sizeof head);
  if (read(file, &head, sizeof head) != (ssize_t)sizeof head) return NULL;
#ifdef SOUND
  if (head.blocks > 1024) return NULL;
#endif
  const uint32_t total = head.blocks * 512U * (uint32_t)sectors_per_block(head.exponent);  // defect: CWE-190
  if (total == 0) return NULL;
  uint8_t* buffer = malloc(total);
  if (buffer == NULL) return NULL;
  buffer[0] = head.exponent;
  return buffer;
}

// sample: packet_end, subtle
int packet_end(const uint8_t* packet, uint8_t size, uint8_t* last) {
  uint8_t copy[8];
#ifdef SOUND
  if (size < 4 || size > 12) return -1;
#else
  if (size > 12) return -1;
#endif
  const uint8_t body = (uint8_t)(size - 4);
  memcpy(copy, packet + 4, body);  // defect: CWE-121
  *last = body > 0 ? copy[0] : 0;
  return body;
}

// sample: percent
int percent(int file) {
  struct {
    int done;
    int total;
  } progress;
  if (read(file, &progress, sizeof progress) != (ssize_t)sizeof progress) return -1;
  if (progress.done < 0 || progress.done > INT_MAX / 100) return -1;
#ifdef SOUND
  if (progress.total <= 0) return -1;
#else
  if (progress.total < 0) return -1;
#endif
  return progress.done * 100 / progress.total;  // defect: CWE-369
}

// sample: period
static unsigned ticks(const char* text) {
  char* end = NULL;
  const unsigned long value = strtoul(text, &end, 10);
  if (end == text || value > 1000) return 0;
  return (unsigned)value;
}

unsigned period(const char* text, unsigned clock) {
  const unsigned per_period = ticks(text);
  unsigned rest = 0;
#ifdef SOUND
  if (per_period != 0) rest = clock % per_period;
#else
  if (per_period <= clock) rest = clock % per_period;  // defect: CWE-369
#endif
  return rest;
}

// sample: ratio_of_counters, subtle
struct counters {
  unsigned good;
  unsigned bad;
};

static void counters_reset(struct counters* counters) {
  counters->good = 0;
  counters->bad = 0;
}

unsigned ratio_of_counters(struct counters* counters, int fresh) {
  if (fresh) counters_reset(counters);
  const unsigned all = counters->good + counters->bad;
#ifdef SOUND
  if (all == 0) return 100;
#else
  if (counters->bad > 1000000U) return 0;
#endif
  return (unsigned)((uint64_t)counters->good * 100 / all);  // defect: CWE-369
}

// sample: sign_extend, subtle
int32_t sign_extend(uint32_t raw, unsigned bits) {
#ifdef SOUND
  if (bits == 0 || bits > 31) return (int32_t)raw;
#else
  if (bits > 31) return (int32_t)raw;
#endif
  const uint32_t sign = 1U << (bits - 1);  // defect: CWE-758
  return (int32_t)((raw ^ sign) - sign);
}

// sample: bits_of, subtle
static int position_of(char flag) {
  static const char kFlags[] = "rwxst";
  const char* at = strchr(kFlags, flag);
  return at == NULL || flag == '\0' ? -1 : (int)(at - kFlags);
}

unsigned bits_of(const char* flags) {
  unsigned bits = 0;
  for (; *flags != '\0'; flags++) {
    const int position = position_of(*flags);
#ifdef SOUND
    if (position < 0) continue;
#endif
    bits |= 1U << position;  // defect: CWE-758
  }
  return bits;
}

// sample: stock_of, subtle
void* stock_of(size_t items, size_t size) {
#ifdef SOUND
  if (size == 0 || items > SIZE_MAX / size) return NULL;
#else
  if (size == 0 || items * size > SIZE_MAX - 1) return NULL;
#endif
  uint8_t* stock = malloc(items * size);  // defect: CWE-190
  if (stock == NULL) return NULL;
  for (size_t i = 0; i < items; i++) stock[i * size] = 1;
  return stock;
}
