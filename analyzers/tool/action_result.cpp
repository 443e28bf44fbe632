// SPDX-License-Identifier: Apache-2.0
//
// ActionResult; see action_result.h. A few fields by hand are less than a code generator and its library.
#include "tool/action_result.h"

namespace proofmark::analyze {
namespace {

enum WireType : unsigned { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

// Field numbers of ActionResult, OutputFile and Digest.
constexpr unsigned kOutputFiles = 2, kPath = 1, kDigest = 2, kHash = 1, kSize = 2;
constexpr unsigned kTypeBits = 3, kGroupBits = 7;

void put_varint(std::string& out, std::uint64_t value) {
  for (; value >> kGroupBits != 0; value >>= kGroupBits) out += static_cast<char>((value & 0x7f) | 0x80);
  out += static_cast<char>(value);
}

void put_bytes(std::string& out, unsigned field, std::string_view bytes) {
  put_varint(out, field << kTypeBits | kBytes);
  put_varint(out, bytes.size());
  out += bytes;
}

struct Field {
  unsigned number = 0;
  std::uint64_t value = 0;
  std::string_view bytes;
};

// Takes the fields of a message one by one from its front.
class Fields {
 public:
  explicit Fields(std::string_view message) : left_(message) {}

  bool damaged() const { return damaged_; }

  // False at the end, and when something is not as it should be.
  bool next(Field& field) {
    if (left_.empty() || damaged_) return false;
    const std::uint64_t tag = varint();
    field = {static_cast<unsigned>(tag >> kTypeBits), 0, {}};
    switch (tag & ((1U << kTypeBits) - 1)) {
      case kVarint:
        field.value = varint();
        break;
      case kBytes:
        field.bytes = bytes(varint());
        break;
      case kFixed64:
        bytes(sizeof(std::uint64_t));
        break;
      case kFixed32:
        bytes(sizeof(std::uint32_t));
        break;
      default:
        damaged_ = true;
    }
    return !damaged_;
  }

 private:
  std::uint64_t varint() {
    constexpr unsigned kMaxBits = 64;
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < kMaxBits && !left_.empty(); shift += kGroupBits) {
      const auto byte = static_cast<unsigned char>(left_.front());
      left_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7fU} << shift;
      if ((byte & 0x80U) == 0) return value;
    }
    damaged_ = true;
    return 0;
  }

  std::string_view bytes(std::uint64_t size) {
    if (damaged_ || size > left_.size()) {
      damaged_ = true;
      return {};
    }
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }

  std::string_view left_;
  bool damaged_ = false;
};

bool read_digest(std::string_view message, OutputFile& file) {
  Fields fields(message);
  for (Field field; fields.next(field);) {
    if (field.number == kHash) file.sha256 = field.bytes;
    if (field.number == kSize) file.size = field.value;
  }
  constexpr size_t kHexDigits = 64;
  return !fields.damaged() && file.sha256.size() == kHexDigits &&
         file.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::optional<OutputFile> read_output_file(std::string_view message) {
  OutputFile file;
  std::string_view digest;
  Fields fields(message);
  for (Field field; fields.next(field);) {
    if (field.number == kPath) file.path = field.bytes;
    if (field.number == kDigest) digest = field.bytes;
  }
  if (fields.damaged() || !read_digest(digest, file)) return std::nullopt;
  return file;
}

}  // namespace

std::string encode_action_result(const OutputFile& file) {
  std::string digest, output, message;
  put_bytes(digest, kHash, file.sha256);
  put_varint(digest, kSize << kTypeBits | kVarint);
  put_varint(digest, file.size);
  put_bytes(output, kPath, file.path);
  put_bytes(output, kDigest, digest);
  put_bytes(message, kOutputFiles, output);
  return message;  // exit_code 0 is the default, which is not written
}

std::optional<OutputFile> decode_action_result(std::string_view message, std::string_view path) {
  std::optional<OutputFile> found;
  Fields fields(message);
  for (Field field; fields.next(field);) {
    if (field.number != kOutputFiles) continue;
    auto file = read_output_file(field.bytes);
    if (file && file->path == path) found = std::move(file);
  }
  if (fields.damaged()) return std::nullopt;
  return found;
}

}  // namespace proofmark::analyze
