// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target: any bytes at all as a program that may hold a configuration. Looking for its note never crashes, and what is
// found is there byte for byte. (libFuzzer; without it nothing is built.)
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "proofmark/sign/configuration.h"
#include "proofmark/sign/files.h"

using namespace proofmark::sign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const int fd = ::memfd_create("input", 0);
  if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, data, size, 0) != static_cast<ssize_t>(size)) std::abort();
  const auto file = InputFile::adopt(Descriptor(::dup(fd)), "input");
  if (!file) std::abort();
  const auto binding = find_binding(*file);
  if (!binding || !*binding) return 0;
  const Digest& found = (*binding)->configuration;
  if (std::search(data, data + size, found.begin(), found.end()) == data + size) std::abort();
  return 0;
}
