// SPDX-License-Identifier: Apache-2.0
//
// See elf_file.h.
#include "elf_file.h"

#include "arch.h"
#include "kernel.h"

namespace proofmark::linux_exec {
namespace {

bool is_loadable(const Elf64_Ehdr& header) {
  const bool is_elf = __builtin_memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
                      header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_ident[EI_DATA] == ELFDATA2LSB;
  return is_elf && (header.e_type == ET_EXEC || header.e_type == ET_DYN) && header.e_machine == kMachine &&
         header.e_phentsize == sizeof(Elf64_Phdr) && header.e_phnum >= 1 && header.e_phnum <= kMostSegments;
}

// Where `size` bytes at this address lie in the file. Of segments that overlap the last one counts: it is mapped last.
bool find_in_file(const ElfFile& elf, uint64_t address, uint64_t size, uint64_t* offset) {
  bool found = false;
  for (unsigned i = 0; i < elf.header.e_phnum; ++i) {
    const Elf64_Phdr& segment = elf.segments[i];
    if (segment.p_type != PT_LOAD || address < segment.p_vaddr) continue;
    const uint64_t skipped = address - segment.p_vaddr;
    if (skipped > segment.p_filesz || segment.p_filesz - skipped < size) continue;
    *offset = segment.p_offset + skipped;
    found = true;
  }
  return found;
}

// As the dynamic linker finds it: by the address of the segment, up to DT_NULL.
bool read_dynamic(ElfFile* elf) {
  elf->dynamic_count = 0;
  const Elf64_Phdr* segment = find_segment(*elf, PT_DYNAMIC);
  if (segment == nullptr) return true;
  uint64_t offset = 0;
  const uint64_t size = segment->p_memsz;
  if (size > sizeof elf->dynamic || !find_in_file(*elf, segment->p_vaddr, size, &offset)) return false;
  if (!read_fully(elf->descriptor, elf->dynamic, size, offset)) return false;
  for (unsigned i = 0; i < size / sizeof(Elf64_Dyn); ++i) {
    elf->dynamic_count = i;
    if (elf->dynamic[i].d_tag == DT_NULL) return true;
  }
  return false;
}

}  // namespace

pm_verdict read_elf(int descriptor, ElfFile* elf) {
  elf->descriptor = descriptor;
  const Elf64_Ehdr& header = elf->header;
  if (!read_fully(descriptor, &elf->header, sizeof header, 0) || !is_loadable(header)) return PM_REFUSED_EXEC_ELF;
  if (!read_fully(descriptor, elf->segments, header.e_phnum * sizeof elf->segments[0], header.e_phoff)) {
    return PM_REFUSED_EXEC_ELF;
  }
  return read_dynamic(elf) ? PM_ACCEPTED : PM_REFUSED_EXEC_ELF;
}

const Elf64_Phdr* find_segment(const ElfFile& elf, uint32_t type) {
  for (unsigned i = 0; i < elf.header.e_phnum; ++i) {
    if (elf.segments[i].p_type == type) return &elf.segments[i];
  }
  return nullptr;
}

const Elf64_Dyn* find_entry(const ElfFile& elf, int64_t tag) {
  for (unsigned i = 0; i < elf.dynamic_count; ++i) {
    if (elf.dynamic[i].d_tag == tag) return &elf.dynamic[i];
  }
  return nullptr;
}

bool read_name(const ElfFile& elf, uint64_t offset, char name[kNameSize]) {
  const Elf64_Dyn* table = find_entry(elf, DT_STRTAB);
  const Elf64_Dyn* table_size = find_entry(elf, DT_STRSZ);
  uint64_t start = 0;
  if (table == nullptr || table_size == nullptr || offset >= table_size->d_un.d_val) return false;
  if (!find_in_file(elf, table->d_un.d_ptr, table_size->d_un.d_val, &start)) return false;
  const uint64_t left = table_size->d_un.d_val - offset;
  const uint64_t size = left < kNameSize ? left : kNameSize;
  if (!read_fully(elf.descriptor, name, size, start + offset)) return false;
  for (uint64_t i = 0; i < size; ++i) {
    if (name[i] == '\0') return true;
  }
  return false;
}

}  // namespace proofmark::linux_exec
