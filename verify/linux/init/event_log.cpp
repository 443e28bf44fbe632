// SPDX-License-Identifier: Apache-2.0
//
// See event_log.h. The integers of the format are little endian, and so is every machine that this runs on.
#include "event_log.h"

#include <asm/fcntl.h>
#include <asm/unistd.h>
#include <linux/fcntl.h>

#include "arch.h"
#include "kernel.h"
#include "system.h"

namespace proofmark::linux_init {
namespace {

constexpr uint32_t kNoAction = 3;  // EV_NO_ACTION: says something about the log, and is not measured
constexpr uint32_t kIpl = 13;      // EV_IPL: what a boot loader, or what stands behind it, measured
constexpr uint16_t kSha256 = 0x000b;

// TCG_PCClientPCREvent with TCG_EfiSpecIDEvent: which digests the following events have.
struct Header {
  uint32_t pcr = 0;
  uint32_t type = kNoAction;
  uint8_t sha1[20] = {};
  uint32_t event_size = sizeof signature + 13 + 4;
  char signature[16] = "Spec ID Event03";
  uint32_t platform_class = 0;
  uint8_t minor = 0;
  uint8_t major = 2;
  uint8_t errata = 106;
  uint8_t word_size = 2;  // in units of 4 bytes
  uint32_t algorithm_count = 1;
  uint16_t algorithm = kSha256;
  uint16_t digest_size = 32;
  uint8_t vendor_size = 0;
} __attribute__((packed));
static_assert(sizeof(Header) == 32 + 16 + 12 + 4 + 1);

// TCG_PCR_EVENT2 up to the event itself.
struct Event {
  uint32_t pcr;
  uint32_t type;
  uint32_t digest_count;
  uint16_t algorithm;
  uint8_t digest[32];
  uint32_t size;
} __attribute__((packed));
static_assert(sizeof(Event) == 50);

bool write_record(int log, const void* bytes, size_t size) {
  return linux_exec::write_all(log, static_cast<const char*>(bytes), size) == 0;
}

}  // namespace

long create_event_log(const char* path, const char* directory) {
  make_directory(directory);
  const long flags = O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW;
  const long log = linux_exec::system_call(__NR_openat, AT_FDCWD, reinterpret_cast<long>(path), flags, 0444);
  if (log < 0) return log;
  const Header header;
  return write_record(static_cast<int>(log), &header, sizeof header) ? log : -1;
}

bool write_event(int log, unsigned pcr, const uint8_t digest[32], const char* text, size_t size) {
  Event event = {pcr, kIpl, 1, kSha256, {}, static_cast<uint32_t>(size)};
  __builtin_memcpy(event.digest, digest, sizeof event.digest);
  return write_record(log, &event, sizeof event) && write_record(log, text, size);
}

}  // namespace proofmark::linux_init
