// SPDX-License-Identifier: Apache-2.0
//
// Reader for the deterministic subset of CBOR (RFC 8949 section 4.2) that a mark may use: unsigned and negative integers,
// byte and text strings, arrays, maps and one tag, all of definite length and shortest form. The input is hostile: the
// reader is total, never recurses, never allocates, and checks every length by subtraction against what is left. The
// first failure sticks, so that a chain of reads joined by && needs one look at its end.
#pragma once

#include "bytes.h"

namespace proofmark::verify {

class CborReader {
 public:
  explicit CborReader(Bytes input) : cursor_(input.data), left_(input.size) {}

  // An unsigned integer not above `max`.
  [[nodiscard]] bool read_uint(uint64_t max, uint64_t* value);
  [[nodiscard]] bool read_uint(uint32_t max, uint32_t* value);

  // A negative integer from -1 down to -2^31.
  [[nodiscard]] bool read_negative(int32_t* value);

  // A byte string of `min` to `max` bytes; `value` points into the input.
  [[nodiscard]] bool read_bytes(size_t min, size_t max, Bytes* value);

  // A SHA-256 digest or key id: a byte string of exactly 32 bytes.
  [[nodiscard]] bool read_digest(const uint8_t** value);

  // A text string of `min` to `max` bytes, all printable ASCII: a name from a mark can be printed on any console.
  [[nodiscard]] bool read_text(size_t min, size_t max, Bytes* value);

  // The head of an array of `min` to `max` items.
  [[nodiscard]] bool read_array(uint32_t min, uint32_t max, uint32_t* count);

  // The head of an array of exactly `count` items.
  [[nodiscard]] bool read_array(uint32_t count);

  // The head of a map of `min` to `max` pairs.
  [[nodiscard]] bool read_map(uint32_t min, uint32_t max, uint32_t* count);

  [[nodiscard]] bool read_tag(uint32_t tag);

  // True, and the key consumed, when the next item is this unsigned integer. Anything else is left in place.
  [[nodiscard]] bool accept_key(uint64_t key);

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool at_end() const { return !failed_ && left_ == 0; }
  [[nodiscard]] Bytes rest() const { return {cursor_, left_}; }

 private:
  bool read_head(unsigned major, uint64_t* value);
  bool read_string(unsigned major, size_t min, size_t max, Bytes* value);
  bool read_count(unsigned major, uint32_t min, uint32_t max, uint32_t* count);
  bool give_up();

  const uint8_t* cursor_;
  size_t left_;
  bool failed_ = false;
};

// Walks a map whose keys are unsigned integers in ascending order. Ask for every known key, ascending; a key that is
// unknown, repeated or out of order stays unread, and `finished()` says no.
class CborMap {
 public:
  CborMap(CborReader* reader, uint32_t max_pairs) : reader_(reader) {
    if (!reader->read_map(0, max_pairs, &left_)) left_ = 0;
  }

  [[nodiscard]] bool has(uint64_t key) {
    if (left_ == 0 || !reader_->accept_key(key)) return false;
    --left_;
    return true;
  }

  [[nodiscard]] bool finished() const { return left_ == 0 && !reader_->failed(); }

 private:
  CborReader* reader_;
  uint32_t left_ = 0;
};

}  // namespace proofmark::verify
