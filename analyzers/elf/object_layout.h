// SPDX-License-Identifier: Apache-2.0
//
// Gives the sections of a relocatable file addresses of their own and applies the relocations of its DWARF, so that it
// can be read like a linked file: every function has one address, and DWARF names it.
#pragma once

#include "elf/elf_file.h"

namespace proofmark::elf {

// A copy of `object`, which is a relocatable file; 64-bit little-endian amd64 and arm64 only, others are an error.
Result<ElfFile> lay_out(const ElfFile& object);

}  // namespace proofmark::elf
