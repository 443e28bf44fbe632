// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target: any bytes at all as a file to sign. Reading never crashes, and whatever is accepted for signing comes back
// byte for byte once the section is taken off again. (libFuzzer; without it nothing is built.)
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "proofmark/sign/elf_image.h"

using namespace proofmark::sign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const int fd = ::memfd_create("input", 0);
  static const std::string path = "/proc/self/fd/" + std::to_string(fd);
  if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, data, size, 0) != static_cast<ssize_t>(size)) std::abort();
  const auto file = InputFile::open(path);
  if (!file) std::abort();
  const auto image = read_elf(*file);
  if (!image || image->sections.empty()) return 0;

  constexpr std::uint64_t kMarkLength = 800;
  const ElfAppend append = append_section(*image, kMarkLength);
  if (size + append.tail.size() != covered_length(*image) || covered_length(*image) % 8 != 0) std::abort();
  Elf64_Ehdr header = append.header;
  restore_header(original_header(*image), header);
  if (std::memcmp(&header, data, sizeof header) != 0) std::abort();
  return 0;
}
