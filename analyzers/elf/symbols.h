// SPDX-License-Identifier: Apache-2.0
//
// Where the functions of an ELF file are and what the places that its code refers to are called: symbol tables,
// relocations, unwind tables of stripped files, and the mapping symbols that tell data among arm64 code.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "elf/elf_file.h"

namespace proofmark::elf {

struct FunctionSymbol {
  GElf_Addr address = 0;
  GElf_Xword size = 0;
  std::string name;     // "sub_<address>" when only the unwind table tells of it
  bool global = false;  // visible to other files, so that its address may be taken anywhere
  bool named = true;    // by a symbol
};

class Symbols {
 public:
  // `debug` is the archive of the file's symbols, or null. A relocatable file must have been laid out (object_layout.h).
  Symbols(const ElfFile& code, const ElfFile* debug);

  // By address, one for each; bounded in number and none reaching beyond the file's code.
  const std::vector<FunctionSymbol>& functions() const { return functions_; }

  // The name of the function or of the linkage table's entry at this very address, else empty.
  std::string_view name_at(GElf_Addr address) const;
  // The symbol that a relocation within [begin, end) names, else empty.
  std::string_view relocation_in(GElf_Addr begin, GElf_Addr end) const;
  // Whether there are any names to compare with: not in a stripped static file.
  bool has_names() const { return has_names_; }
  // arm64: data among the code, by mapping symbols.
  bool is_data(GElf_Addr address) const;

 private:
  void read_table(const ElfFile& file, const Section& table, const ElfFile& code);
  void add_mark(std::string_view name, GElf_Addr address);
  void read_relocations(const ElfFile& code);
  void name_linkage_table(const ElfFile& code);
  void tidy(const ElfFile& code);

  std::vector<FunctionSymbol> functions_;
  std::unordered_map<GElf_Addr, std::string> names_;
  std::vector<std::pair<GElf_Addr, std::string>> relocations_;  // by place
  std::vector<std::pair<GElf_Addr, bool>> marks_;               // by place; true where data begins
  bool has_names_ = false;
};

// Code ranges of the unwind table .eh_frame, for files without symbols; sorted, bounded.
std::vector<FunctionSymbol> functions_of_unwind_table(const ElfFile& file);

}  // namespace proofmark::elf
