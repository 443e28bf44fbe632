// SPDX-License-Identifier: Apache-2.0
//
// CBOR as marks use it: the deterministic encoding of RFC 8949 section 4.2, without floats, simple values or indefinite
// lengths. The writer produces nothing else; the reader accepts nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "proofmark/sign/error.h"

namespace proofmark::sign {

enum class CborType : std::uint8_t { kUnsigned, kNegative, kBytes, kText, kArray, kMap, kTag, kOther };

// Values are appended in order; the caller announces how many follow an array or a map and writes map keys ascending.
class CborWriter {
 public:
  void integer(std::int64_t value);
  void number(std::uint64_t value) { head(CborType::kUnsigned, value); }
  void bytes(ByteView value);
  void text(std::string_view value);
  void array(std::size_t count) { head(CborType::kArray, count); }
  void map(std::size_t pairs) { head(CborType::kMap, pairs); }
  void tag(std::uint64_t value) { head(CborType::kTag, value); }
  // Appends an encoded value as it is.
  void raw(ByteView encoded) { out_.insert(out_.end(), encoded.begin(), encoded.end()); }

  const Bytes& out() const { return out_; }

 private:
  void head(CborType type, std::uint64_t argument);
  Bytes out_;
};

// The first thing that does not fit makes the reader fail for good: every later read returns zero or nothing. So a caller
// reads straight through and asks ok() once, before it uses anything.
class CborReader {
 public:
  explicit CborReader(ByteView in) : in_(in) {}

  std::uint64_t number(std::uint64_t max = UINT64_MAX);
  std::int64_t integer();
  Bytes bytes(std::size_t min, std::size_t max);
  std::string text(std::size_t min, std::size_t max);
  Digest digest();
  std::size_t array(std::size_t min, std::size_t max);
  std::size_t map(std::size_t min, std::size_t max);
  void tag(std::uint64_t expected);

  CborType next_type() const;
  bool ok() const { return ok_; }
  void fail() { ok_ = false; }
  std::size_t offset() const { return offset_; }
  bool at_end() const { return offset_ == in_.size(); }

 private:
  std::uint64_t head(CborType expected, std::uint64_t max);
  ByteView take(std::size_t size);
  ByteView in_;
  std::size_t offset_ = 0;
  bool ok_ = true;
};

}  // namespace proofmark::sign
