// SPDX-License-Identifier: Apache-2.0
//
// The little of an ELF file that a launcher has to know. Read only after the content was accepted: whoever wrote it was
// trusted, which does not make it well-formed, so every number is checked all the same.
#pragma once

#include <elf.h>
#include <proofmark/verify.h>

namespace proofmark::linux_exec {

constexpr unsigned kMostSegments = 64;
constexpr unsigned kMostDynamicEntries = 256;
constexpr size_t kNameSize = 256;  // of a library, with the zero byte

struct ElfFile {
  int descriptor;  // whose content cannot change
  Elf64_Ehdr header;
  Elf64_Phdr segments[kMostSegments];
  unsigned dynamic_count;  // entries before DT_NULL
  Elf64_Dyn dynamic[kMostDynamicEntries];
};

// Reads headers and dynamic section of a 64-bit program or library of this machine. Returns PM_ACCEPTED, or
// PM_REFUSED_EXEC_ELF for anything else, and for one that has more of something than fits.
[[nodiscard]] pm_verdict read_elf(int descriptor, ElfFile* elf);

// The first segment of this type; NULL when there is none.
[[nodiscard]] const Elf64_Phdr* find_segment(const ElfFile& elf, uint32_t type);

// The first dynamic entry with this tag; NULL when there is none.
[[nodiscard]] const Elf64_Dyn* find_entry(const ElfFile& elf, int64_t tag);

// Reads a text of the dynamic string table. False when it lies outside, or does not end within kNameSize bytes.
[[nodiscard]] bool read_name(const ElfFile& elf, uint64_t offset, char name[kNameSize]);

}  // namespace proofmark::linux_exec
