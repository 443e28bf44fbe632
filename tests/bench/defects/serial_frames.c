// SPDX-License-Identifier: Apache-2.0
//
// Frames of a serial bus: collected byte by byte, unescaped, checked and answered.
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { kFrameSize = 64, kHeader = 4 };

struct frame {
  uint8_t address;
  uint8_t function;
  uint16_t length;
  uint8_t data[kFrameSize];
};

// sample: frame_from_wire
int frame_from_wire(int line, struct frame* out) {
  uint8_t head[kHeader];
  uint8_t body[kFrameSize];
  if (read(line, head, sizeof head) != (ssize_t)sizeof head) return -1;
  out->address = head[0];
  out->function = head[1];
  out->length = (uint16_t)(head[2] << 8 | head[3]);
#ifdef SOUND
  if (out->length > sizeof body) return -1;
#endif
  if (read(line, body, out->length) != out->length) return -1;  // defect: CWE-121
  memcpy(out->data, body, out->length < sizeof out->data ? out->length : sizeof out->data);
  return 0;
}

// sample: unescape_payload, subtle
static int is_escape(uint8_t byte) {
  return byte == 0x7d;
}

size_t unescape_payload(const uint8_t* wire, size_t length, uint8_t* reply) {
  uint8_t plain[kFrameSize];
  size_t used = 0;
  for (size_t i = 0; i < length; i++) {
    uint8_t byte = wire[i];
    if (is_escape(byte) && i + 1 < length) byte = wire[++i] ^ 0x20;
#ifdef SOUND
    if (used >= sizeof plain) break;
#else
    if (used > sizeof plain) break;
#endif
    plain[used++] = byte;  // defect: CWE-121
  }
  memcpy(reply, plain, used);
  return used;
}

// sample: trailing_checksum, subtle
static uint16_t sum_of(const uint8_t* bytes, size_t count) {
  uint16_t sum = 0;
  for (size_t i = 0; i < count; i++) sum = (uint16_t)(sum + bytes[i]);
  return sum;
}

int trailing_checksum(struct frame* frame) {
#ifdef SOUND
  if (frame->length > kFrameSize - 2) return -1;
#else
  if (frame->length > kFrameSize) return -1;
#endif
  const uint16_t sum = sum_of(frame->data, frame->length);
  if (frame->length == kFrameSize) fprintf(stderr, "frame is full\n");
  frame->data[frame->length] = (uint8_t)(sum >> 8);  // defect: CWE-787
  return 0;
}

// sample: drain_pending
static unsigned pending(const uint8_t* status) {
  return status[0] & 0x1f;
}

int drain_pending(int line, uint8_t* last) {
  uint8_t status[2];
  uint8_t window[16];
  if (read(line, status, sizeof status) != (ssize_t)sizeof status) return -1;
  memset(window, 0, sizeof window);
  const unsigned count = pending(status);
#ifdef SOUND
  if (count == 0 || count > sizeof window) return -1;
#else
  if (count == 0) return -1;
#endif
  for (unsigned i = 0; i < count; i++) window[i] = (uint8_t)(status[1] + i);  // defect: CWE-121
  *last = window[15];
  return (int)count;
}

// sample: function_name, subtle
static const char* const kNames[] = {"read", "write", "report", "reset", "ping", "identify"};

const char* function_name(const struct frame* frame) {
  const unsigned index = frame->function & 7U;
#ifdef SOUND
  if (index >= sizeof kNames / sizeof kNames[0]) return "reserved";
#endif
  if (index == 7) return "vendor";
  if (frame->address == 0 && index == 6) fprintf(stderr, "reserved function in a broadcast\n");
  return kNames[index];  // defect: CWE-125
}

// sample: device_label, subtle
void device_label(char* out, size_t room, unsigned unit, const char* vendor) {
  char label[24];
  int used = snprintf(label, sizeof label, "%s-", vendor);
#ifdef SOUND
  if (used < 0 || (size_t)used >= sizeof label - 1) return;
#else
  if (used < 0) return;
#endif
  label[used] = (char)('A' + unit % 26);  // defect: CWE-787
  label[sizeof label - 1] = '\0';
  snprintf(out, room, "%s", label);
}
