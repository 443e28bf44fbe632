// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target: any bytes at all as a file to sign. Reading never crashes, and whatever is accepted for signing comes back
// byte for byte once the section is taken off again. (libFuzzer; without it nothing is built.)
#include <cstdlib>
#include <cstring>

#include "proofmark/sign/elf_image.h"
#include "sign_input.h"

using namespace proofmark::sign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const InputFile file = file_of(data, size);
  const auto image = read_elf(file);
  if (!image || image->sections.empty()) return 0;

  constexpr std::uint64_t kMarkLength = 800;
  const ElfAppend append = append_section(*image, kMarkLength);
  if (size + append.tail.size() != covered_length(*image) || covered_length(*image) % 8 != 0) std::abort();
  Elf64_Ehdr header = append.header;
  restore_header(original_header(*image), header);
  if (std::memcmp(&header, data, sizeof header) != 0) std::abort();
  return 0;
}
