// SPDX-License-Identifier: Apache-2.0
//
// The bytes of a fuzz target as a file that the signer's library reads.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

#include "proofmark/sign/files.h"

namespace proofmark::sign {

inline InputFile file_of(const std::uint8_t* data, std::size_t size) {
  static const int fd = ::memfd_create("input", 0);
  if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, data, size, 0) != static_cast<ssize_t>(size)) std::abort();
  auto file = InputFile::adopt(Descriptor(::dup(fd)), "input");
  if (!file) std::abort();
  return std::move(*file);
}

}  // namespace proofmark::sign
