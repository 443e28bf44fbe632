// SPDX-License-Identifier: Apache-2.0
//
// Makes the table of a bundle for tests: correct by default, then wrong in exactly the way that a test asks for. Written
// apart from the signer's code, so that the reader is not tested against its own twin.
#pragma once

#include <proofmark/bundle.h>

#include <cstring>

namespace proofmark::verify_test {

struct Table {
  uint8_t bytes[64 * 1024];
  size_t size;

  pm_bundle_header* header() { return reinterpret_cast<pm_bundle_header*>(bytes); }
  pm_bundle_record* record(uint32_t index) {
    return reinterpret_cast<pm_bundle_record*>(bytes + sizeof(pm_bundle_header)) + index;
  }
};

struct TableEntry {
  uint32_t type;
  const char* path;
  uint32_t mode;
  const char* target = "";
  uint64_t size = 0;
  uint32_t major = 0;
  uint32_t minor = 0;
  int first = -1;              // -1: the entry itself
  size_t capability_size = 0;  // bytes of a well-formed capability
};

inline void store_le(uint8_t* to, size_t size, uint64_t value) {
  for (size_t i = 0; i < size; ++i) to[i] = static_cast<uint8_t>(value >> (8 * i));
}
template <size_t kSize>
void set(uint8_t (&field)[kSize], uint64_t value) {
  store_le(field, kSize, value);
}

// Lays out `count` entries as they are, sorted or not.
inline void make_table(const TableEntry* entries, uint32_t count, Table* table) {
  std::memset(table, 0, sizeof *table);
  std::memcpy(table->header()->magic, PM_BUNDLE_MAGIC, PM_BUNDLE_MAGIC_SIZE);
  set(table->header()->version, PM_BUNDLE_VERSION);
  set(table->header()->entry_count, count);
  uint8_t* names = table->bytes + sizeof(pm_bundle_header) + count * sizeof(pm_bundle_record);
  size_t used = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const TableEntry& entry = entries[i];
    pm_bundle_record* record = table->record(i);
    set(record->name_offset, used);
    set(record->path_length, std::strlen(entry.path));
    set(record->target_length, std::strlen(entry.target));
    std::memcpy(names + used, entry.path, std::strlen(entry.path));
    used += std::strlen(entry.path);
    std::memcpy(names + used, entry.target, std::strlen(entry.target));
    used += std::strlen(entry.target);
    set(record->first, entry.first < 0 ? i : static_cast<uint32_t>(entry.first));
    record->type = static_cast<uint8_t>(entry.type);
    set(record->mode, entry.mode);
    set(record->major, entry.major);
    set(record->minor, entry.minor);
    set(record->size, entry.size);
    if (entry.type == PM_BUNDLE_REGULAR) std::memset(record->digest, 0xd1, sizeof record->digest);
    record->capability_length = static_cast<uint8_t>(entry.capability_size);
    if (entry.capability_size == PM_BUNDLE_CAPABILITY_V2_SIZE) store_le(record->capability, 4, 0x02000001);
    if (entry.capability_size == PM_BUNDLE_CAPABILITY_V3_SIZE) store_le(record->capability, 4, 0x03000000);
  }
  set(table->header()->name_length, used);
  table->size = static_cast<size_t>(names + used - table->bytes);
}

// A small root with every type in it. '/' sorts before every other byte: "bin/sh" comes before "bin-extra".
inline constexpr TableEntry kSampleEntries[] = {
    {PM_BUNDLE_DIRECTORY, "", 0755},
    {PM_BUNDLE_DIRECTORY, "bin", 0755},
    {PM_BUNDLE_REGULAR, "bin/app", 04755, "", 5, 0, 0, -1, PM_BUNDLE_CAPABILITY_V2_SIZE},
    {PM_BUNDLE_REGULAR, "bin/app\n2", 04755, "", 5, 0, 0, 2, PM_BUNDLE_CAPABILITY_V2_SIZE},
    {PM_BUNDLE_SYMLINK, "bin/sh", 0777, "/bin/app"},
    {PM_BUNDLE_REGULAR, "bin-extra", 0600, "", 0, 0, 0, -1, PM_BUNDLE_CAPABILITY_V3_SIZE},
    {PM_BUNDLE_DIRECTORY, "dev", 01777},
    {PM_BUNDLE_FIFO, "dev/fifo", 0644},
    {PM_BUNDLE_CHARACTER_DEVICE, "dev/null", 0666, "", 0, 1, 3},
    {PM_BUNDLE_BLOCK_DEVICE, "dev/\xff\xfe", 0660, "", 0, 8, 0},
};
inline constexpr uint32_t kSampleCount = sizeof kSampleEntries / sizeof kSampleEntries[0];

inline void make_sample(Table* table) {
  make_table(kSampleEntries, kSampleCount, table);
}

// What is wrong with a copy of the sample, and what the reader must say about it.
struct TableCase {
  const char* name;
  pm_verdict expected;
  void (*change)(Table* table);
};
extern const TableCase kTableCases[];
extern const unsigned kTableCaseCount;

}  // namespace proofmark::verify_test
