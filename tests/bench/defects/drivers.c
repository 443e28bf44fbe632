// SPDX-License-Identifier: Apache-2.0
//
// Drivers: a converter, a clock divider, registers and the tables of operations that hang off a device.
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct device;
struct operations {
  int (*start)(struct device*);
  int (*sample)(struct device*, int32_t*);
};
struct device {
  const struct operations* operations;
  volatile uint32_t* registers;
  unsigned channel;
  int32_t gain;
  void* buffer;
};

// sample: divider_for
static uint32_t rate_of(unsigned mode) {
  switch (mode) {
    case 1:
      return 9600;
    case 2:
      return 19200;
    case 3:
      return 115200;
    default:
      return 0;
  }
}

uint32_t divider_for(unsigned mode, uint32_t clock) {
  const uint32_t rate = rate_of(mode);
#ifdef SOUND
  if (rate == 0) return 0;
#endif
  const uint32_t divider = clock / rate;  // defect: CWE-369
  return divider > 0xffff ? 0xffff : divider;
}

// sample: average, subtle
int32_t average(const int32_t* samples, unsigned count) {
  int64_t sum = 0;
  unsigned used = 0;
  for (unsigned i = 0; i < count; i++) {
    if (samples[i] == INT32_MIN) continue;
    sum += samples[i];
    used++;
  }
#ifdef SOUND
  if (used == 0) return 0;
#endif
  return (int32_t)(sum / used);  // defect: CWE-369
}

// sample: channel_mask, subtle
uint32_t channel_mask(unsigned first, unsigned count) {
  if (first > 31 || count > 32 - first) return 0;
#ifdef SOUND
  if (count == 32) return UINT32_MAX;
#else
  if (count == 32) fprintf(stderr, "all channels\n");
#endif
  return ((1U << count) - 1) << first;  // defect: CWE-758
}

// sample: sample_once, subtle
static int sample_fixed(struct device* device, int32_t* value) {
  if (device->channel > 7) return -1;
  *value = (int32_t)device->registers[device->channel];
  return 0;
}
static const struct operations kFixed = {NULL, sample_fixed};

int32_t sample_once(struct device* device) {
  int32_t value;
  device->operations = &kFixed;
#ifdef SOUND
  if (device->operations->sample(device, &value) != 0) return 0;
#else
  device->operations->sample(device, &value);
#endif
  return value * device->gain;  // defect: CWE-457
}

// sample: start_device
int start_device(struct device* device) {
  device->operations = &kFixed;
#ifdef SOUND
  if (device->operations->start != NULL && device->operations->start(device) != 0) return -1;
  return 0;
#else
  return device->operations->start(device);  // defect: CWE-476
#endif
}

// sample: probe, subtle
struct device* probe(const char* path, unsigned channel) {
  struct device* device = NULL;
  const int line = open(path, O_RDWR | O_CLOEXEC);
  if (line < 0) return NULL;
  device = calloc(1, sizeof *device);
  if (device == NULL) goto out;
  device->channel = channel;
  device->buffer = malloc(512);
  if (device->buffer == NULL) {
    free(device);
#ifdef SOUND
    device = NULL;
#endif
    goto out;
  }
  if (read(line, device->buffer, 512) < 0) device->gain = 1;
out:
  close(line);
  if (device != NULL) device->gain = 2;  // defect: CWE-416
  return device;
}

// sample: scaled
int32_t scaled(const char* setting, int32_t raw) {
  const long shift = strtol(setting, NULL, 10);
#ifdef SOUND
  if (shift < 0 || shift > 30) return 0;
#else
  if (shift < 0) return 0;
  if (shift > 64) return 0;
#endif
  return (int32_t)((uint32_t)raw << shift);  // defect: CWE-758
}
