// SPDX-License-Identifier: Apache-2.0
//
// Address translation that changes no address (Arm ARM D8: 4 KiB granule, 39 bits, blocks of 2 MiB). It is there for two
// reasons. Without it all memory counts as device memory: not cached, so hashing takes many times as long, and unaligned
// accesses, which compilers make freely, are faults. And with it mistakes of this program stay what they are.
#include "board.h"
#include "start.h"

namespace proofmark::bare_metal {
namespace {

constexpr uint64_t kBlock = 2 << 20;
constexpr unsigned kEntries = 512;

enum Memory : uint64_t { kNormal = 0, kDevice = 1 };  // index in MAIR_EL1, below

constexpr uint64_t kValidBlock = 1;
constexpr uint64_t kTable = 3;
constexpr uint64_t kAccessed = 1 << 10;
constexpr uint64_t kInnerShareable = 3 << 8;
constexpr uint64_t kReadOnly = 2 << 6;
constexpr uint64_t kNoExecute = uint64_t{1} << 53 | uint64_t{1} << 54;

struct alignas(4096) TranslationTable {
  uint64_t entries[kEntries];
};
TranslationTable gigabytes;       // 1 GiB an entry
TranslationTable first_gigabyte;  // 2 MiB an entry, from 0 on: flash, devices
TranslationTable main_memory;     // from 1 GiB on

void map(TranslationTable* table, uintptr_t start, uint64_t size, Memory memory, uint64_t rights) {
  const uint64_t attributes = kValidBlock | memory << 2 | kInnerShareable | kAccessed | rights;
  for (uintptr_t at = start; at < start + size; at += kBlock) table->entries[at / kBlock % kEntries] = at | attributes;
}

void fill_tables() {
  gigabytes.entries[0] = reinterpret_cast<uintptr_t>(&first_gigabyte) | kTable;
  gigabytes.entries[1] = reinterpret_cast<uintptr_t>(&main_memory) | kTable;
  map(&first_gigabyte, kFlash, kFlashSize, kNormal, kReadOnly | kNoExecute);
  map(&first_gigabyte, kDevices, kBlock, kDevice, kNoExecute);
  map(&main_memory, kCode, kBlock, kNormal, kReadOnly);
  map(&main_memory, kData, kBlock, kNormal, kNoExecute);
  map(&main_memory, kPayload, kPayloadRoom, kNormal, kNoExecute);
}

constexpr uint64_t kMair = 0xff | 0x00 << 8;  // normal, written back; device, nothing gathered or reordered
constexpr uint64_t kTcr =
    25 | 1 << 8 | 1 << 10 | 3 << 12 | 1 << 23 | uint64_t{2} << 32;  // 39 bits, cached walks, 40 bits physical
constexpr uint64_t kMmu = 1;
constexpr uint64_t kDataCache = 1 << 2;
constexpr uint64_t kInstructionCache = 1 << 12;
constexpr uint64_t kCachesAndMmu = kMmu | kDataCache | kInstructionCache;

}  // namespace

void turn_on_mmu() {
  fill_tables();
  __asm__ volatile(
      "dsb sy\n"
      "msr mair_el1, %0\n"
      "msr tcr_el1, %1\n"
      "msr ttbr0_el1, %2\n"
      "isb\n"
      "tlbi vmalle1\n"
      "ic iallu\n"
      "dsb nsh\n"
      "isb\n"
      "mrs x9, sctlr_el1\n"
      "orr x9, x9, %3\n"
      "msr sctlr_el1, x9\n"
      "isb\n"
      :
      : "r"(kMair), "r"(kTcr), "r"(&gigabytes), "r"(kCachesAndMmu)
      : "x9", "memory");
}

void start_payload(uintptr_t start, uint64_t size) {
  uint64_t cache_type = 0;
  __asm__("mrs %0, ctr_el0" : "=r"(cache_type));
  const uintptr_t line = uintptr_t{4} << (cache_type >> 16 & 15);
  for (uintptr_t at = start & ~(line - 1); at < start + size; at += line) {
    __asm__ volatile("dc civac, %0" : : "r"(at) : "memory");
  }
  __asm__ volatile(
      "dsb sy\n"
      "mrs x9, sctlr_el1\n"
      "bic x9, x9, %1\n"
      "msr sctlr_el1, x9\n"
      "isb\n"
      "ic iallu\n"
      "dsb nsh\n"
      "isb\n"
      "br %0\n"
      :
      : "r"(start), "r"(kCachesAndMmu)
      : "x9", "memory");
  __builtin_unreachable();
}

}  // namespace proofmark::bare_metal
