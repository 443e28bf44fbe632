// SPDX-License-Identifier: Apache-2.0
//
// What an ELF file says about loading: its dynamic linker, its name, what it needs, and what would steer the dynamic linker.
#pragma once

#include <string>
#include <vector>

#include "proofmark/sign/files.h"

namespace proofmark::sign {

struct LoadingFacts {
  bool is_elf = false;  // 64-bit little endian; without that nothing else is set
  std::uint16_t machine = 0;
  std::string interpreter;  // PT_INTERP; empty: none
  std::string name;         // DT_SONAME; empty: none
  std::vector<std::string> needed;
  std::string steering;  // name of a tag that has the dynamic linker look for files; empty: none
};

// Fails when the file cannot be read or its tables lead outside.
Result<LoadingFacts> read_loading_facts(const InputFile& file);

}  // namespace proofmark::sign
