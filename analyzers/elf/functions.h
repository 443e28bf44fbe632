// SPDX-License-Identifier: Apache-2.0
//
// Every function of a file with what its machine code shows: the realised layer. Functions come from symbols or unwind
// tables, units and arrays from DWARF, origins from the link map; each of the three may be missing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "elf/code_facts.h"
#include "elf/debug_info.h"
#include "elf/link_map.h"
#include "report/layers.h"

namespace proofmark::elf {

struct ExaminedFunction {
  FunctionSymbol symbol;
  std::string unit;                 // DWARF name, empty when there is none for it
  std::string origin;               // "libc.a(printf.o)", empty without a link map
  std::optional<bool> keeps_array;  // on its stack; unknown without DWARF
  bool own = true;                  // built from source that was analysed, as opposed to prebuilt
  CodeFacts facts;
  std::vector<report::RealisedProtection> protections;

  const report::RealisedProtection* protection(std::string_view property) const;
  std::string title() const;  // "handle (/src/network/handler.c)"
};

struct Functions {
  std::vector<ExaminedFunction> all;
  bool exact_names = false;  // calls can be told by name
  std::unique_ptr<Symbols> symbols;
  std::unique_ptr<CodeScanner> scanner;
};

struct FunctionSources {
  const ElfFile& code;             // laid out, if it is relocatable
  const ElfFile* debug = nullptr;  // the archive of its symbols
  const DebugInfo* info = nullptr;
  const LinkMap* map = nullptr;
};

// An error says why the code can't be examined: another machine, no function to be found, too much code.
Result<Functions> examine_functions(const FunctionSources& sources);

// How the protections stand in one function; `machine` as in the ELF header.
std::vector<report::RealisedProtection> judge(const ExaminedFunction& function, GElf_Half machine);

// Some instructions that show what is missing, "401136: push %rbp"; empty when nothing is.
std::vector<std::string> show(const ExaminedFunction& function, const Functions& functions, const ElfFile& code);

report::RealisedFunction to_layer(const ExaminedFunction& function, const Functions& functions, const ElfFile& code);

}  // namespace proofmark::elf
