// SPDX-License-Identifier: Apache-2.0
//
// Deterministic CBOR, RFC 8949 sections 3 and 4.2.1.
#include "proofmark/sign/cbor.h"

#include <algorithm>

namespace proofmark::sign {

void CborWriter::head(CborType type, std::uint64_t argument) {
  const auto major = static_cast<std::uint8_t>(static_cast<std::uint8_t>(type) << 5);
  if (argument < 24) {
    out_.push_back(static_cast<std::uint8_t>(major | argument));
    return;
  }
  const int width_log = argument <= 0xff ? 0 : argument <= 0xffff ? 1 : argument <= 0xffffffff ? 2 : 3;
  out_.push_back(static_cast<std::uint8_t>(major | (24 + width_log)));
  for (int shift = 8 * ((1 << width_log) - 1); shift >= 0; shift -= 8)
    out_.push_back(static_cast<std::uint8_t>(argument >> shift));
}

void CborWriter::integer(std::int64_t value) {
  if (value >= 0) return head(CborType::kUnsigned, static_cast<std::uint64_t>(value));
  head(CborType::kNegative, static_cast<std::uint64_t>(-(value + 1)));
}

void CborWriter::bytes(ByteView value) {
  head(CborType::kBytes, value.size());
  raw(value);
}

void CborWriter::text(std::string_view value) {
  head(CborType::kText, value.size());
  out_.insert(out_.end(), value.begin(), value.end());
}

CborType CborReader::next_type() const {
  if (!ok_ || at_end()) return CborType::kOther;
  return static_cast<CborType>(in_[offset_] >> 5);
}

std::uint64_t CborReader::head(CborType expected, std::uint64_t max) {
  if (!ok_ || at_end() || next_type() != expected) return fail(), 0;
  const std::uint8_t low = in_[offset_++] & 0x1f;
  std::uint64_t argument = low;
  if (low >= 24) {
    if (low > 27) return fail(), 0;
    const std::size_t width = std::size_t{1} << (low - 24);
    argument = 0;
    for (const std::uint8_t byte : take(width)) argument = argument << 8 | byte;
    // The shortest form only, or one value has two encodings.
    const std::uint64_t smallest = width == 1 ? 24 : std::uint64_t{1} << (4 * width);
    if (argument < smallest) fail();
  }
  if (argument > max) fail();
  return ok_ ? argument : 0;
}

ByteView CborReader::take(std::size_t size) {
  if (!ok_ || size > in_.size() - offset_) return fail(), ByteView{};
  offset_ += size;
  return in_.subspan(offset_ - size, size);
}

std::uint64_t CborReader::number(std::uint64_t max) {
  return head(CborType::kUnsigned, max);
}

std::int64_t CborReader::integer() {
  if (next_type() == CborType::kNegative) return -1 - static_cast<std::int64_t>(head(CborType::kNegative, INT64_MAX));
  return static_cast<std::int64_t>(head(CborType::kUnsigned, INT64_MAX));
}

Bytes CborReader::bytes(std::size_t min, std::size_t max) {
  const ByteView value = take(static_cast<std::size_t>(head(CborType::kBytes, max)));
  if (value.size() < min) fail();
  return {value.begin(), value.end()};
}

std::string CborReader::text(std::size_t min, std::size_t max) {
  const ByteView value = take(static_cast<std::size_t>(head(CborType::kText, max)));
  const bool printable = std::all_of(value.begin(), value.end(), [](std::uint8_t c) { return c >= 0x20 && c <= 0x7e; });
  if (value.size() < min || !printable) fail();
  return {value.begin(), value.end()};
}

Digest CborReader::digest() {
  Digest digest{};
  const Bytes value = bytes(digest.size(), digest.size());
  if (ok_) std::copy(value.begin(), value.end(), digest.begin());
  return digest;
}

std::size_t CborReader::array(std::size_t min, std::size_t max) {
  const std::uint64_t count = head(CborType::kArray, max);
  if (count < min) fail();
  return ok_ ? static_cast<std::size_t>(count) : 0;
}

std::size_t CborReader::map(std::size_t min, std::size_t max) {
  const std::uint64_t pairs = head(CborType::kMap, max);
  if (pairs < min) fail();
  return ok_ ? static_cast<std::size_t>(pairs) : 0;
}

void CborReader::tag(std::uint64_t expected) {
  if (head(CborType::kTag, UINT64_MAX) != expected) fail();
}

}  // namespace proofmark::sign
