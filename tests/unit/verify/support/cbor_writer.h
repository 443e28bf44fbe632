// SPDX-License-Identifier: Apache-2.0
//
// Writes CBOR for tests, right or wrong: heads can be given a longer form than needed, and anything can be put in raw.
// Plain memory of fixed size, because a failing CMocka test leaves by longjmp and runs no destructor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace proofmark::verify_test {

class CborWriter {
 public:
  // `argument_size` 0 chooses the shortest form; 1, 2, 4, 8 force a form.
  void head(unsigned major, uint64_t value, unsigned argument_size = 0) {
    if (argument_size == 0) argument_size = shortest(value);
    if (argument_size == 0) return byte(major << 5 | value);
    unsigned info = 24;
    for (unsigned size = argument_size; size > 1; size /= 2) ++info;
    byte(major << 5 | info);
    for (unsigned i = argument_size; i > 0; --i) byte(value >> (8 * (i - 1)));
  }

  void uint(uint64_t value) { head(0, value); }
  void negative(int64_t value) { head(1, static_cast<uint64_t>(-1 - value)); }
  void array(uint64_t count) { head(4, count); }
  void map(uint64_t count) { head(5, count); }
  void tag(uint64_t number) { head(6, number); }
  void bytes(const void* data, size_t size) {
    head(2, size);
    raw(data, size);
  }
  void text(const char* text) {
    head(3, std::strlen(text));
    raw(text, std::strlen(text));
  }
  // A byte string of 32 times the same byte, which serves as a digest.
  void digest(uint8_t value) {
    uint8_t bytes_of[32];
    std::memset(bytes_of, value, sizeof bytes_of);
    bytes(bytes_of, sizeof bytes_of);
  }
  void raw(const void* data, size_t size) {
    if (size > sizeof data_ - size_) __builtin_trap();
    if (size != 0) std::memcpy(data_ + size_, data, size);
    size_ += size;
  }
  void raw(const CborWriter& other) { raw(other.data_, other.size_); }
  void byte(uint64_t value) {
    const auto one = static_cast<uint8_t>(value);
    raw(&one, 1);
  }

  const uint8_t* data() const { return data_; }
  size_t size() const { return size_; }

 private:
  static unsigned shortest(uint64_t value) {
    if (value < 24) return 0;
    if (value < 0x100) return 1;
    if (value < 0x10000) return 2;
    return value < 0x100000000 ? 4 : 8;
  }

  uint8_t data_[70000] = {};
  size_t size_ = 0;
};

}  // namespace proofmark::verify_test
