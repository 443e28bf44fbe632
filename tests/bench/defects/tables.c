// SPDX-License-Identifier: Apache-2.0
//
// Tables indexed by what hardware, files and enumerations say, and loops that step one too far.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum alarm { kOk, kHigh, kLow, kBroken, kAlarms };
static const char* const kText[] = {"ok", "high", "low"};

// sample: alarm_text
static enum alarm alarm_of(int32_t raw) {
  if (raw == INT32_MIN) return kBroken;
  if (raw > 1000) return kHigh;
  return raw < -1000 ? kLow : kOk;
}

const char* alarm_text(int32_t raw) {
  const enum alarm alarm = alarm_of(raw);
#ifdef SOUND
  if (alarm == kBroken) return "broken";
#endif
  return kText[alarm];  // defect: CWE-125
}

// sample: count_alarms, subtle
unsigned count_alarms(const int32_t* raw, unsigned count, enum alarm wanted) {
#ifdef SOUND
  unsigned seen[kAlarms] = {0};
#else
  unsigned seen[kBroken] = {0};
#endif
  for (unsigned i = 0; i < count; i++) seen[alarm_of(raw[i])]++;  // defect: CWE-787
  return wanted == kBroken ? 0 : seen[wanted];
}

// sample: moving_window, subtle
int32_t moving_window(const int32_t values[10]) {
  int32_t largest = 0;
#ifdef SOUND
  for (int i = 0; i + 2 < 10; i++) {
#else
  for (int i = 0; i < 10; i++) {
#endif
    const int32_t sum = values[i] + values[i + 1] + values[i + 2];  // defect: CWE-125
    if (sum > largest) largest = sum;
  }
  return largest;
}

int32_t window_of_ramp(void) {
  int32_t ramp[10];
  for (int i = 0; i < 10; i++) ramp[i] = i;
  return moving_window(ramp);
}

// sample: previous_slot, subtle
struct slots {
  int8_t last;
  uint16_t values[8];
};

uint16_t previous_slot(const struct slots* slots) {
#ifdef SOUND
  if (slots->last <= 0 || slots->last > 8) return 0;
#else
  if (slots->last > 8) return 0;
  if (slots->last < 0) return 0;
#endif
  return slots->values[slots->last - 1];  // defect: CWE-125
}

// sample: find_marker, subtle
int find_marker(const uint8_t* bytes, size_t size) {
  size_t i = 0;
#ifdef SOUND
  while (i < size && bytes[i] != 0x7e) i++;
#else
  while (bytes[i] != 0x7e && i < size) i++;  // defect: CWE-126
#endif
  return i == size ? -1 : (int)i;
}

int marker_of_zeros(void) {
  uint8_t bytes[4] = {0, 0, 0, 0};
  return find_marker(bytes, sizeof bytes);
}

// sample: calibrate
struct calibration {
  uint8_t points;
  int16_t offset[12];
};

int calibrate(int file, struct calibration* calibration) {
  if (read(file, calibration, sizeof *calibration) != (ssize_t)sizeof *calibration) return -1;
#ifdef SOUND
  if (calibration->points > 12) return -1;
#else
  if (calibration->points > sizeof calibration->offset) return -1;
#endif
  for (unsigned i = 0; i < calibration->points; i++)
    calibration->offset[i] = (int16_t)(calibration->offset[i] / 2);  // defect: CWE-787
  return 0;
}

// sample: insert_many
struct sorted {
  unsigned count;
  int values[6];
};

int insert_sorted(struct sorted* sorted, int value) {
#ifdef SOUND
  if (sorted->count >= 6) return -1;
#else
  if (sorted->count > 6) return -1;
#endif
  unsigned place = sorted->count;
  while (place > 0 && sorted->values[place - 1] > value) {
    sorted->values[place] = sorted->values[place - 1];
    place--;
  }
  sorted->values[place] = value;  // defect: CWE-787
  sorted->count++;
  return 0;
}

int insert_many(struct sorted* sorted) {
  sorted->count = 5;
  memset(sorted->values, 0, sizeof sorted->values);
  if (insert_sorted(sorted, 1) != 0) return -1;
  return insert_sorted(sorted, 2);
}

// sample: unpack_bits
int unpack_bits(const uint8_t* packed, unsigned count, uint8_t* out) {
  uint8_t bits[16];
#ifdef SOUND
  if (count > 16) return -1;
#else
  if (count > 16 * 8) return -1;
#endif
  for (unsigned i = 0; i < count; i++) bits[i] = (uint8_t)(packed[i / 8] >> (i % 8) & 1);  // defect: CWE-121
  memcpy(out, bits, count);
  return 0;
}
