// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target: any bytes at all as a program that may hold a configuration. Looking for its note never crashes, and what is
// found is there byte for byte. (libFuzzer; without it nothing is built.)
#include <algorithm>
#include <cstdlib>

#include "proofmark/sign/configuration.h"
#include "sign_input.h"

using namespace proofmark::sign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const InputFile file = file_of(data, size);
  const auto binding = find_binding(file);
  if (!binding || !*binding) return 0;
  const Digest& found = (*binding)->configuration;
  if (std::search(data, data + size, found.begin(), found.end()) == data + size) std::abort();
  return 0;
}
