// SPDX-License-Identifier: Apache-2.0
//
// Makes ELF files of any shape, sound or not. Every header can be changed before the file is laid out.
#pragma once

#include <elf.h>

#include <string>
#include <vector>

#include "proofmark/sign/error.h"

namespace proofmark::sign::test {

struct ElfBuilder {
  // One PT_LOAD over 4 KiB of code at 0x1000, and `sections` sections: the null section, .text and the names.
  explicit ElfBuilder(std::size_t sections = 3);

  Elf64_Ehdr header{};
  std::vector<Elf64_Phdr> segments;
  std::vector<Elf64_Shdr> sections;
  std::string names;
  bool table_first = false;  // as Go lays it out: section table between the program headers and the code
  Bytes payload;             // appended behind everything

  // Sets the fields that say where the tables are, unless they were set before.
  Bytes build();
};

}  // namespace proofmark::sign::test
