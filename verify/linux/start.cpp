// SPDX-License-Identifier: Apache-2.0
//
// From the kernel to program_main(). A static-pie is loaded at a random address and has to relocate itself; until that is
// done no pointer in static data may be used, and until the guard is set no function with a stack protector may be called.
#include "start.h"

#include <elf.h>
#include <proofmark/port.h>

#include "arch.h"
#include "kernel.h"

extern "C" __attribute__((visibility("hidden"))) const Elf64_Ehdr __ehdr_start;

namespace proofmark::linux_exec {
namespace {

uint64_t hardware_capabilities;

// Where the file header lies in memory; a static-pie is linked at address 0, so that is also what to add to addresses.
PM_BEFORE_GUARD uintptr_t load_address() {
  return reinterpret_cast<uintptr_t>(&__ehdr_start);
}

PM_BEFORE_GUARD const Elf64_Phdr* find_segment(uint32_t type) {
  const auto* segments = reinterpret_cast<const Elf64_Phdr*>(load_address() + __ehdr_start.e_phoff);
  for (unsigned i = 0; i < __ehdr_start.e_phnum; ++i) {
    if (segments[i].p_type == type) return &segments[i];
  }
  return nullptr;
}

PM_BEFORE_GUARD uint64_t dynamic_value(const Elf64_Dyn* entry, int64_t tag) {
  for (; entry->d_tag != DT_NULL; ++entry) {
    if (entry->d_tag == tag) return entry->d_un.d_val;
  }
  return 0;
}

PM_BEFORE_GUARD void relocate() {
  const Elf64_Phdr* segment = find_segment(PT_DYNAMIC);
  if (segment == nullptr) return;
  const uintptr_t base = load_address();
  const auto* dynamic = reinterpret_cast<const Elf64_Dyn*>(base + segment->p_vaddr);
  const auto* relocation = reinterpret_cast<const Elf64_Rela*>(base + dynamic_value(dynamic, DT_RELA));
  const uint64_t count = dynamic_value(dynamic, DT_RELASZ) / sizeof(Elf64_Rela);
  for (uint64_t i = 0; i < count; ++i, ++relocation) {
    if (ELF64_R_TYPE(relocation->r_info) != kRelativeRelocation) __builtin_trap();
    *reinterpret_cast<uintptr_t*>(base + relocation->r_offset) = base + static_cast<uintptr_t>(relocation->r_addend);
  }
}

// What only the relocations had to write is read-only from here on (RELRO); the kernel leaves that to the program.
void protect_relocated_data() {
  const Elf64_Phdr* segment = find_segment(PT_GNU_RELRO);
  if (segment == nullptr) return;
  const uintptr_t start = (load_address() + segment->p_vaddr) & ~(kPageSize - 1);
  const uintptr_t end = (load_address() + segment->p_vaddr + segment->p_memsz) & ~(kPageSize - 1);
  if (end > start && protect_read_only(start, end - start) != 0) exit_program(3);
}

PM_BEFORE_GUARD uint64_t auxiliary_value(const Elf64_auxv_t* vector, uint64_t type) {
  for (; vector->a_type != AT_NULL; ++vector) {
    if (vector->a_type == type) return vector->a_un.a_val;
  }
  return 0;
}

// Eight of the sixteen random bytes that the kernel provides. The lowest is cleared, so that a string function that runs
// over the end of a buffer stops at the guard.
PM_BEFORE_GUARD uint64_t random_guard(const Elf64_auxv_t* vector) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(auxiliary_value(vector, AT_RANDOM));
  if (bytes == nullptr) __builtin_trap();
  uint64_t guard = 0;
  for (unsigned i = 1; i < 8; ++i) guard |= uint64_t{bytes[i]} << (8 * i);
  return guard;
}

}  // namespace
}  // namespace proofmark::linux_exec

using namespace proofmark::linux_exec;

extern "C" [[noreturn]] PM_BEFORE_GUARD void pm_start(uintptr_t* stack) {
  relocate();
  const auto count = static_cast<int>(stack[0]);
  char** arguments = reinterpret_cast<char**>(stack + 1);
  char** environment = arguments + count + 1;
  char** end = environment;
  while (*end != nullptr) ++end;
  const auto* auxiliary = reinterpret_cast<const Elf64_auxv_t*>(end + 1);
  hardware_capabilities = auxiliary_value(auxiliary, AT_HWCAP);
  set_stack_guard(random_guard(auxiliary));
  protect_relocated_data();
  exit_program(program_main(count, arguments, environment));
}

uint64_t pm_port_hwcap() {
  return hardware_capabilities;
}

extern "C" [[noreturn]] void __stack_chk_fail();
extern "C" [[noreturn]] void __stack_chk_fail() {
  __builtin_trap();
}
