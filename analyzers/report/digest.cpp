// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 over nettle.
#include "report/digest.h"

#include <array>

#include <nettle/sha2.h>

#include "report/file.h"

namespace proofmark::report {

std::string sha256_hex(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest;
  sha256_digest(&context, digest.size(), digest.data());

  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * digest.size());
  for (const unsigned byte : digest) {
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 15]);
  }
  return hex;
}

Result<std::string> sha256_file(const std::filesystem::path& file) {
  return read_file(file).map([](const std::string& bytes) { return sha256_hex(bytes); });
}

}  // namespace proofmark::report
