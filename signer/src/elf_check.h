// SPDX-License-Identifier: Apache-2.0
//
// Sanity of an ELF file's headers and tables, checked by subtraction on the raw numbers before anything follows them.
// libelf quietly shortens tables that leave the file; a signer must say that the file is truncated instead.
#pragma once

#include <elf.h>

#include <span>

#include "proofmark/sign/elf_image.h"
#include "proofmark/sign/files.h"

namespace proofmark::sign::elf_check {

Result<void> identification(const InputFile& file, const Elf64_Ehdr& header);
Result<void> program_table(const InputFile& file, const Elf64_Ehdr& header, std::uint64_t count);
Result<void> segments(const InputFile& file, std::span<const Elf64_Phdr> headers);
// The number of sections, through section header 0 where e_shnum is too narrow; 0 means no table.
Result<std::uint64_t> section_count(const InputFile& file, const Elf64_Ehdr& header);
Result<void> section_table(const InputFile& file, const Elf64_Ehdr& header, std::uint64_t count,
                           std::uint64_t segments);
Result<void> sections(const InputFile& file, const Elf64_Ehdr& header, std::span<const Elf64_Shdr> headers);
Result<void> section_names(const InputFile& file, std::span<const Elf64_Shdr> headers, const Bytes& names);

// The string table of the section names is copied when a file is signed, so it is bounded.
constexpr std::uint64_t kMaxNamesSize = 64u << 20;
constexpr std::uint64_t kMaxSections = 1u << 20;

}  // namespace proofmark::sign::elf_check
