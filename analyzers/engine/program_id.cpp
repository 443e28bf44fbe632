// SPDX-License-Identifier: Apache-2.0
//
// Identity of the running program; see program_id.h.
#include "engine/program_id.h"

#include <cstring>

#include <clang/Basic/Version.h>
#include <elf.h>
#include <link.h>

#include "report/digest.h"

namespace proofmark::analyze {
namespace {

constexpr size_t kAlign = 4;

size_t padded(size_t size) {
  return (size + kAlign - 1) / kAlign * kAlign;
}

// The notes are the program's own, mapped by the loader.
std::string build_id_in(const char* at, size_t left) {
  while (left >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) note;
    std::memcpy(&note, at, sizeof note);
    const size_t name = padded(note.n_namesz);
    const size_t size = sizeof note + name + padded(note.n_descsz);
    if (size > left) return "";
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == sizeof "GNU" &&
        std::memcmp(at + sizeof note, "GNU", sizeof "GNU") == 0)
      return report::sha256_hex({at + sizeof note + name, note.n_descsz});
    at += size;
    left -= size;
  }
  return "";
}

// Called for the program first, and then no more.
int find_build_id(dl_phdr_info* info, size_t, void* found) {
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& header = info->dlpi_phdr[i];
    if (header.p_type != PT_NOTE) continue;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the loader gives addresses as numbers
    const auto* at = reinterpret_cast<const char*>(info->dlpi_addr + header.p_vaddr);
    auto& id = *static_cast<std::string*>(found);
    if (id.empty()) id = build_id_in(at, header.p_memsz);
  }
  return 1;
}

std::string identify() {
  std::string id;
  ::dl_iterate_phdr(find_build_id, &id);
  if (id.empty()) id = report::sha256_file("/proc/self/exe").value_or("");
  return id + " " + clang::getClangFullVersion();
}

}  // namespace

const std::string& program_id() {
  static const std::string kId = identify();
  return kId;
}

}  // namespace proofmark::analyze
