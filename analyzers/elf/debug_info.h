// SPDX-License-Identifier: Apache-2.0
//
// What DWARF says about an ELF file: which translation units it was made of, and which of their functions keep an array
// on the stack, so that the code of just those can be searched for its canary check.
#pragma once

#include <string>
#include <vector>

#include "elf/elf_file.h"

namespace proofmark::elf {

struct DebugInfo {
  std::vector<std::string> units;            // source of each compile unit, joined to its folder; sorted, each once
  std::vector<std::string> compile_folders;  // DW_AT_comp_dir of all units; sorted, each once
  bool canary_judged = false;                // the code could be searched: static file, known machine
  unsigned guarded = 0;                      // functions with an array on the stack that check a canary
  std::vector<std::string> unguarded;        // the others, "function (unit)", sorted
};

// `symbols` holds .symtab and DWARF, `code` the program itself; they may be the same file. No DWARF at all is not an
// error: `units` stays empty. Damaged DWARF is an error, because units would be missing silently.
Result<DebugInfo> read_debug_info(const ElfFile& symbols, const ElfFile& code);

}  // namespace proofmark::elf
