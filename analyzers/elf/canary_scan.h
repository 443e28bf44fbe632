// SPDX-License-Identifier: Apache-2.0
//
// Searches machine code for calls of __stack_chk_fail. In a static file the call goes straight to the function, so the
// call's bytes can be recognised without decoding what is around it.
#pragma once

#include <cstdint>
#include <vector>

#include "elf/elf_file.h"

namespace proofmark::elf {

class CanaryScan {
 public:
  // Looks up __stack_chk_fail in the symbol table of `symbols`.
  CanaryScan(const ElfFile& symbols, const ElfFile& code);

  // False for machines whose calls are not known here and for files that call through a PLT.
  bool usable() const;

  struct Range {
    GElf_Addr begin = 0, end = 0;
  };
  // Whether code in the range calls __stack_chk_fail.
  bool checks(const Range& range);
  // Whether a return instruction is in the range: a function that never returns has no end at which to check.
  bool returns(const Range& range);

  // True when more code was asked for than any honest DWARF can name; the answers are then worth nothing.
  bool exhausted() const { return exhausted_; }

 private:
  std::string_view bytes_of(const Range& range);
  bool checks_amd64(GElf_Addr address, std::string_view code) const;
  bool checks_arm64(GElf_Addr address, std::string_view code) const;
  bool is_target(GElf_Addr address) const;

  const ElfFile& code_;
  std::vector<GElf_Addr> targets_;
  std::uint64_t budget_;  // bytes that may still be searched: hostile DWARF can name the same code a million times
  bool exhausted_ = false;
};

}  // namespace proofmark::elf
