// SPDX-License-Identifier: Apache-2.0
//
// Call and return encodings of amd64 (Intel SDM volume 2: CALL, JMP) and arm64 (Arm ARM C6.2: BL, B, RET, RETAA).
#include "elf/canary_scan.h"

#include <algorithm>

#include <capstone/capstone.h>

namespace proofmark::elf {
namespace {

constexpr std::string_view kFailFunctions[] = {"__stack_chk_fail", "__stack_chk_fail_local"};

std::uint32_t little32(const char* at) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < 4; ++i) value |= std::uint32_t{static_cast<unsigned char>(at[i])} << (8 * i);
  return value;
}

void collect(const ElfFile& file, const Section& table, std::vector<GElf_Addr>& targets) {
  Elf_Scn* const scn = gelf_offscn(file.handle(), table.header.sh_offset);
  Elf_Data* const data = scn == nullptr ? nullptr : elf_getdata(scn, nullptr);
  if (data == nullptr || table.header.sh_entsize == 0) return;
  const std::size_t size = gelf_fsize(file.handle(), ELF_T_SYM, 1, EV_CURRENT);
  for (std::size_t index = 0; index < data->d_size / size; ++index) {
    GElf_Sym symbol;
    if (gelf_getsym(data, static_cast<int>(index), &symbol) == nullptr) return;
    if (symbol.st_shndx == SHN_UNDEF || GELF_ST_TYPE(symbol.st_info) != STT_FUNC) continue;
    const char* const name = elf_strptr(file.handle(), table.header.sh_link, symbol.st_name);
    if (name == nullptr || std::ranges::find(kFailFunctions, name) == std::end(kFailFunctions)) continue;
    targets.push_back(symbol.st_value);
  }
}

// RET's byte is common inside other instructions, so this does need their boundaries.
bool returns_amd64(std::string_view code) {
  csh decoder = 0;
  if (cs_open(CS_ARCH_X86, CS_MODE_64, &decoder) != CS_ERR_OK) return true;
  cs_option(decoder, CS_OPT_SKIPDATA, CS_OPT_ON);
  cs_insn* const instruction = cs_malloc(decoder);
  const auto* at = reinterpret_cast<const std::uint8_t*>(code.data());
  std::size_t left = code.size();
  std::uint64_t address = 0;
  bool found = false;
  while (!found && cs_disasm_iter(decoder, &at, &left, &address, instruction)) {
    found = instruction->id == X86_INS_RET;
  }
  cs_free(instruction, 1);
  cs_close(&decoder);
  return found;
}

bool returns_arm64(std::string_view code) {
  constexpr std::uint32_t kRet = 0xD65F03C0, kRetAA = 0xD65F0BFF, kRetAB = 0xD65F0FFF;
  for (std::size_t at = 0; at + 4 <= code.size(); at += 4) {
    const std::uint32_t word = little32(code.data() + at);
    if (word == kRet || word == kRetAA || word == kRetAB) return true;
  }
  return false;
}

}  // namespace

CanaryScan::CanaryScan(const ElfFile& symbols, const ElfFile& code)
    : code_(code), budget_(4 * std::uint64_t{code.bytes().size()}) {
  for (const Section& section : symbols.sections()) {
    if (section.header.sh_type == SHT_SYMTAB) collect(symbols, section, targets_);
  }
}

// Without the symbol no function checks a canary, which is an answer too: hence no look at targets_ here.
bool CanaryScan::usable() const {
  const bool direct_calls = code_.link() == LinkType::kStatic || code_.link() == LinkType::kStaticPie;
  return direct_calls && (code_.header().e_machine == EM_X86_64 || code_.header().e_machine == EM_AARCH64);
}

bool CanaryScan::is_target(GElf_Addr address) const {
  return std::ranges::find(targets_, address) != targets_.end();
}

std::string_view CanaryScan::bytes_of(const Range& range) {
  if (range.end <= range.begin) return {};
  const GElf_Xword size = range.end - range.begin;
  exhausted_ = exhausted_ || size > budget_;
  if (exhausted_) return {};
  budget_ -= size;
  return code_.at_address(range.begin, size);
}

bool CanaryScan::checks(const Range& range) {
  const std::string_view code = bytes_of(range);
  return code_.header().e_machine == EM_X86_64 ? checks_amd64(range.begin, code) : checks_arm64(range.begin, code);
}

// Instructions have no alignment here, so every byte is tried; a chance hit needs the right 32-bit displacement.
bool CanaryScan::checks_amd64(GElf_Addr address, std::string_view code) const {
  constexpr char kCall = '\xE8', kJump = '\xE9';
  for (std::size_t at = 0; at + 5 <= code.size(); ++at) {
    if (code[at] != kCall && code[at] != kJump) continue;
    const auto displacement = static_cast<std::int32_t>(little32(code.data() + at + 1));
    if (is_target(address + at + 5 + static_cast<GElf_Addr>(std::int64_t{displacement}))) return true;
  }
  return false;
}

bool CanaryScan::checks_arm64(GElf_Addr address, std::string_view code) const {
  for (std::size_t at = 0; at + 4 <= code.size(); at += 4) {
    const std::uint32_t word = little32(code.data() + at);
    const bool branch = (word & 0x7C000000) == 0x14000000;  // B and BL
    if (!branch) continue;
    const auto words = static_cast<std::int32_t>(word << 6) >> 6;  // sign-extends imm26
    if (is_target(address + at + static_cast<GElf_Addr>(std::int64_t{words} * 4))) return true;
  }
  return false;
}

bool CanaryScan::returns(const Range& range) {
  const std::string_view code = bytes_of(range);
  return code_.header().e_machine == EM_X86_64 ? returns_amd64(code) : returns_arm64(code);
}

}  // namespace proofmark::elf
