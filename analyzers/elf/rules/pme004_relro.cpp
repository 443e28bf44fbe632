// SPDX-License-Identifier: Apache-2.0
//
// PME004: PT_GNU_RELRO covers what is written at start-up only, so that it is read-only afterwards. The header alone
// proves nothing: it must lie in a writable segment and cover the dynamic section, the GOT and the constructor tables.
#include <array>

#include <fmt/format.h>

#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{
    "PME004", "relro", "Tables that are written only at start-up are read-only afterwards.", report::Level::kMust, 693};
constexpr const char* kHint = "link with -Wl,-z,relro,-z,now";

bool inside(GElf_Addr address, GElf_Xword size, const GElf_Phdr& segment) {
  return address >= segment.p_vaddr && address - segment.p_vaddr <= segment.p_memsz &&
         size <= segment.p_memsz - (address - segment.p_vaddr);
}

bool in_writable_segment(const ElfFile& elf, const GElf_Phdr& relro) {
  for (const GElf_Phdr& segment : elf.segments()) {
    if (segment.p_type == PT_LOAD && (segment.p_flags & PF_W) != 0 && inside(relro.p_vaddr, 1, segment)) return true;
  }
  return false;
}

// Sections that the relocation code writes and nothing else ever should; .got.plt may stay writable with lazy binding,
// which PME005 forbids.
std::string uncovered_section(const ElfFile& elf, const GElf_Phdr& relro) {
  constexpr std::array<std::string_view, 5> kNames{".dynamic", ".got", ".init_array", ".fini_array", ".data.rel.ro"};
  for (const std::string_view name : kNames) {
    const Section* const section = elf.section(name);
    if (section == nullptr || section->header.sh_size == 0 || (section->header.sh_flags & SHF_WRITE) == 0) continue;
    if (!inside(section->header.sh_addr, section->header.sh_size, relro)) return std::string(name);
  }
  return {};
}

Outcome check(const AuditInput& input) {
  if (is_relocatable(input)) return Outcome::not_applicable("a relocatable file has no segments");
  const GElf_Phdr* const relro = input.elf.segment(PT_GNU_RELRO);
  if (relro == nullptr || relro->p_memsz == 0) return Outcome::fail("no RELRO segment", kHint);
  if (!in_writable_segment(input.elf, *relro)) {
    return Outcome::fail("the RELRO segment protects nothing: it lies in no writable segment", kHint);
  }
  const GElf_Phdr* const dynamic = input.elf.segment(PT_DYNAMIC);
  const bool dynamic_covered = dynamic == nullptr || inside(dynamic->p_vaddr, dynamic->p_memsz, *relro);
  const std::string uncovered = dynamic_covered ? uncovered_section(input.elf, *relro) : ".dynamic";
  if (!uncovered.empty()) return Outcome::fail(fmt::format("the RELRO segment does not cover {}", uncovered), kHint);
  return Outcome::pass(fmt::format("{} bytes at {:#x}", relro->p_memsz, relro->p_vaddr), {"relro"});
}

}  // namespace

const ElfRule kPme004{kInfo, check};

}  // namespace proofmark::elf
