// SPDX-License-Identifier: Apache-2.0
//
// What both machines share: calls by name, and showing a few instructions.
#include "elf/code_facts.h"

#include <algorithm>

#include <capstone/capstone.h>
#include <fmt/format.h>

#include "elf/bytes.h"
#include "report/fortified.h"

namespace proofmark::elf {

void CodeScanner::note_call(GElf_Addr instruction, std::size_t size, GElf_Addr target, CodeFacts& facts) const {
  std::string_view name = symbols_.relocation_in(instruction, instruction + size);
  if (name.empty()) name = symbols_.name_at(target);
  if (name.empty()) return;
  if (name.starts_with("__stack_chk_fail")) facts.calls_fail = true;
  if (report::is_checked_variant(name)) ++facts.checked_calls[name];
  if (report::is_fortifiable(name)) ++facts.plain_calls[name];
}

namespace {

// Capstone 4 knows neither the names that arm64 gave to hints nor extensions after ARMv8.0.
std::string arm64_text(const cs_insn& instruction) {
  constexpr std::pair<std::uint32_t, std::string_view> kHints[] = {
      {0xD503233F, "paciasp"}, {0xD503237F, "pacibsp"}, {0xD50323BF, "autiasp"}, {0xD50323FF, "autibsp"},
      {0xD503241F, "bti"},     {0xD503245F, "bti c"},   {0xD503249F, "bti j"},   {0xD50324DF, "bti jc"}};
  const std::uint32_t word = little32(reinterpret_cast<const char*>(instruction.bytes));
  for (const auto& [hint, name] : kHints) {
    if (hint == word) return std::string(name);
  }
  if (instruction.id == 0) return fmt::format(".inst 0x{:08x}", word);
  return fmt::format("{} {}", instruction.mnemonic, instruction.op_str);
}

}  // namespace

std::vector<std::string> CodeScanner::disassemble(GElf_Addr address, std::string_view code, std::size_t count) const {
  std::vector<std::string> lines;
  const bool amd64 = machine_ == EM_X86_64;
  csh decoder = 0;
  if (cs_open(amd64 ? CS_ARCH_X86 : CS_ARCH_ARM64, amd64 ? CS_MODE_64 : CS_MODE_ARM, &decoder) != CS_ERR_OK)
    return lines;
  if (amd64) cs_option(decoder, CS_OPT_SYNTAX, CS_OPT_SYNTAX_ATT);
  cs_option(decoder, CS_OPT_SKIPDATA, CS_OPT_ON);
  cs_insn* found = nullptr;
  const std::size_t decoded = cs_disasm(decoder, reinterpret_cast<const std::uint8_t*>(code.data()),
                                        std::min<std::size_t>(code.size(), count * 16), address, count, &found);
  for (std::size_t index = 0; index < decoded; ++index) {
    const std::string text =
        amd64 ? fmt::format("{} {}", found[index].mnemonic, found[index].op_str) : arm64_text(found[index]);
    std::string line = fmt::format("{:x}: {}", found[index].address, text);
    line.erase(line.find_last_not_of(' ') + 1);
    lines.push_back(std::move(line));
  }
  if (found != nullptr) cs_free(found, decoded);
  cs_close(&decoder);
  return lines;
}

std::unique_ptr<CodeScanner> make_scanner(GElf_Half machine, const Symbols& symbols) {
  if (machine == EM_X86_64) return make_amd64_scanner(symbols);
  return machine == EM_AARCH64 ? make_arm64_scanner(symbols) : nullptr;
}

}  // namespace proofmark::elf
