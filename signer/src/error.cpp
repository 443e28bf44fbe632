// SPDX-License-Identifier: Apache-2.0
//
// The one place that words an error, so that every message of the signer has the same shape; and hex, in which digests
// and key ids are shown.
#include "proofmark/sign/error.h"

#include <algorithm>

#include <fmt/format.h>

namespace proofmark::sign {

std::string message(const Error& error) {
  std::string text = "proofmark: error: ";
  if (!error.subject.empty()) text += error.subject + ": ";
  text += error.what + "\n";
  if (!error.hint.empty()) text += "hint: " + error.hint + "\n";
  return text;
}

std::string to_hex(ByteView bytes) {
  return fmt::format("{:02x}", fmt::join(bytes, ""));
}

Result<Bytes> from_hex(const std::string& text) {
  const auto nibble = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  if (text.size() % 2 != 0) return unknown("", fmt::format("odd number of hex digits ({})", text.size()));
  Bytes bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = nibble(text[i]), low = nibble(text[i + 1]);
    if (high < 0 || low < 0) return unknown("", fmt::format("not a hex digit in \"{}\"", text));
    bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return bytes;
}

std::optional<Digest> digest_from_hex(const std::string& text) {
  const auto bytes = from_hex(text);
  Digest digest{};
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

}  // namespace proofmark::sign
