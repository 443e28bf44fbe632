// SPDX-License-Identifier: Apache-2.0
//
// See cbor.h. Section numbers are those of RFC 8949.
#include "cbor.h"

namespace proofmark::verify {
namespace {

constexpr unsigned kMajorUnsigned = 0;
constexpr unsigned kMajorNegative = 1;
constexpr unsigned kMajorBytes = 2;
constexpr unsigned kMajorText = 3;
constexpr unsigned kMajorArray = 4;
constexpr unsigned kMajorMap = 5;
constexpr unsigned kMajorTag = 6;

// Smallest argument that needs the long form of this many bytes (section 4.2.1: shortest form only).
uint64_t smallest_for(unsigned argument_size) {
  switch (argument_size) {
    case 1:
      return 24;
    case 2:
      return uint64_t{1} << 8;
    case 4:
      return uint64_t{1} << 16;
    default:
      return uint64_t{1} << 32;
  }
}

}  // namespace

bool CborReader::give_up() {
  failed_ = true;
  left_ = 0;
  return false;
}

bool CborReader::read_head(unsigned major, uint64_t* value) {
  if (failed_ || left_ == 0) return give_up();
  const unsigned initial = *cursor_;
  if (initial >> 5 != major) return give_up();
  const unsigned info = initial & 31;
  if (info < 24) {
    ++cursor_;
    --left_;
    *value = info;
    return true;
  }
  if (info > 27) return give_up();  // 28 to 30 are not assigned, 31 is an indefinite length
  const unsigned size = 1u << (info - 24);
  if (left_ - 1 < size) return give_up();
  uint64_t argument = 0;
  for (unsigned i = 1; i <= size; ++i) argument = argument << 8 | cursor_[i];
  if (argument < smallest_for(size)) return give_up();
  cursor_ += 1 + size;
  left_ -= 1 + size;
  *value = argument;
  return true;
}

bool CborReader::read_uint(uint64_t max, uint64_t* value) {
  uint64_t argument = 0;
  if (!read_head(kMajorUnsigned, &argument) || argument > max) return give_up();
  *value = argument;
  return true;
}

bool CborReader::read_uint(uint32_t max, uint32_t* value) {
  uint64_t argument = 0;
  if (!read_uint(uint64_t{max}, &argument)) return false;
  *value = static_cast<uint32_t>(argument);
  return true;
}

bool CborReader::read_negative(int32_t* value) {
  uint64_t argument = 0;
  if (!read_head(kMajorNegative, &argument) || argument > INT32_MAX) return give_up();
  *value = -1 - static_cast<int32_t>(argument);
  return true;
}

bool CborReader::read_string(unsigned major, size_t min, size_t max, Bytes* value) {
  uint64_t length = 0;
  if (!read_head(major, &length) || length > left_ || length < min || length > max) return give_up();
  const auto size = static_cast<size_t>(length);
  *value = {cursor_, size};
  cursor_ += size;
  left_ -= size;
  return true;
}

bool CborReader::read_bytes(size_t min, size_t max, Bytes* value) {
  return read_string(kMajorBytes, min, max, value);
}

bool CborReader::read_digest(const uint8_t** value) {
  Bytes bytes{};
  if (!read_bytes(PM_DIGEST_SIZE, PM_DIGEST_SIZE, &bytes)) return false;
  *value = bytes.data;
  return true;
}

bool CborReader::read_text(size_t min, size_t max, Bytes* value) {
  if (!read_string(kMajorText, min, max, value)) return false;
  for (size_t i = 0; i < value->size; ++i) {
    if (value->data[i] < 0x20 || value->data[i] > 0x7e) return give_up();
  }
  return true;
}

bool CborReader::read_count(unsigned major, uint32_t min, uint32_t max, uint32_t* count) {
  uint64_t argument = 0;
  if (!read_head(major, &argument) || argument < min || argument > max) return give_up();
  *count = static_cast<uint32_t>(argument);
  return true;
}

bool CborReader::read_array(uint32_t min, uint32_t max, uint32_t* count) {
  return read_count(kMajorArray, min, max, count);
}

bool CborReader::read_array(uint32_t count) {
  uint32_t found = 0;
  return read_count(kMajorArray, count, count, &found);
}

bool CborReader::read_map(uint32_t min, uint32_t max, uint32_t* count) {
  return read_count(kMajorMap, min, max, count);
}

bool CborReader::read_tag(uint32_t tag) {
  uint32_t found = 0;
  return read_count(kMajorTag, tag, tag, &found);
}

bool CborReader::accept_key(uint64_t key) {
  CborReader ahead = *this;
  uint64_t found = 0;
  if (!ahead.read_head(kMajorUnsigned, &found) || found != key) return false;
  *this = ahead;
  return true;
}

}  // namespace proofmark::verify
