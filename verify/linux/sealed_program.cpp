// SPDX-License-Identifier: Apache-2.0
//
// See sealed_program.h.
#include "sealed_program.h"

#include <elf.h>

#include "arch.h"
#include "kernel.h"

namespace proofmark::linux_exec {
namespace {

int report_size(void* context, uint64_t* size) {
  *size = static_cast<SealedProgram*>(context)->size;
  return 0;
}

int read_and_copy(void* context, uint64_t offset, void* buffer, size_t size) {
  auto* program = static_cast<SealedProgram*>(context);
  if (!read_fully(program->file, buffer, size, offset)) return -1;
  if (program->memory < 0 || write_fully(program->memory, buffer, size, offset)) return 0;
  program->copy_failed = true;
  return -1;
}

constexpr unsigned kMostSegments = 64;

bool is_startable(const Elf64_Ehdr& header) {
  const bool is_elf = __builtin_memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
                      header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_ident[EI_DATA] == ELFDATA2LSB;
  return is_elf && (header.e_type == ET_EXEC || header.e_type == ET_DYN) && header.e_machine == kMachine &&
         header.e_phentsize == sizeof(Elf64_Phdr) && header.e_phnum >= 1 && header.e_phnum <= kMostSegments;
}

// The kernel would load and start the file named by PT_INTERP before this one, and nobody has checked that file.
pm_verdict check_elf(int descriptor) {
  Elf64_Ehdr header;
  if (!read_fully(descriptor, &header, sizeof header, 0) || !is_startable(header)) return PM_REFUSED_EXEC_ELF;
  Elf64_Phdr segments[kMostSegments];
  if (!read_fully(descriptor, segments, header.e_phnum * sizeof segments[0], header.e_phoff)) {
    return PM_REFUSED_EXEC_ELF;
  }
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    if (segments[i].p_type == PT_INTERP) return PM_REFUSED_EXEC_INTERPRETER;
  }
  return PM_ACCEPTED;
}

}  // namespace

pm_verdict open_program(const char* path, bool copying, SealedProgram* program) {
  const long file = open_read_only(path);
  if (file < 0) return PM_REFUSED_EXEC_OPEN;
  program->file = static_cast<int>(file);
  FileStatus status = {};
  if (get_status(program->file, &status) != 0) return PM_REFUSED_EXEC_OPEN;
  if (!status.is_regular) return PM_REFUSED_EXEC_FILE_TYPE;
  program->size = status.size;
  if (!copying) return PM_ACCEPTED;
  const long memory = create_memory_file("proofmark");
  if (memory < 0) return PM_REFUSED_EXEC_MEMORY_FILE;
  program->memory = static_cast<int>(memory);
  return PM_ACCEPTED;
}

pm_io copying_io(SealedProgram* program) {
  return {program, report_size, read_and_copy};
}

pm_verdict finish_program(const SealedProgram& program) {
  if (seal(program.memory) != 0) return PM_REFUSED_EXEC_SEAL;
  return check_elf(program.memory);
}

}  // namespace proofmark::linux_exec
