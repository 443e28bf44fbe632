// SPDX-License-Identifier: Apache-2.0
//
// What DWARF says about an ELF file: which translation units it was made of, what code each of them gave, and which
// functions keep an array on the stack and so need a canary.
#pragma once

#include <string>
#include <vector>

#include "elf/elf_file.h"

namespace proofmark::elf {

struct DebugFunction {
  GElf_Addr address = 0;
  bool keeps_array = false;  // of 8 bytes or more on its stack, in structures and inlined calls too
};

struct UnitRange {
  GElf_Addr begin = 0, end = 0;
  std::size_t unit = 0;  // index of unit_names
};

struct DebugInfo {
  std::vector<std::string> units;            // source of each compile unit, joined to its folder; sorted, each once
  std::vector<std::string> compile_folders;  // DW_AT_comp_dir of all units; sorted, each once
  std::vector<std::string> unit_names;       // in the order of the file
  std::vector<UnitRange> ranges;             // code of the units, by address
  std::vector<DebugFunction> functions;      // by address

  const DebugFunction* function_at(GElf_Addr address) const;  // that begins there, or null
  std::string unit_at(GElf_Addr address) const;               // whose code this is, or empty
};

// `symbols` holds DWARF, `code` the program itself; they may be the same file. No DWARF at all is not an error: `units`
// stays empty. Damaged DWARF is an error, because units would be missing silently. `functions` is filled on demand.
Result<DebugInfo> read_debug_info(const ElfFile& symbols, const ElfFile& code, bool with_functions);

}  // namespace proofmark::elf
