// SPDX-License-Identifier: Apache-2.0
//
// See event_log.h; TCG PC Client Platform Firmware Profile, section 10.
#include "proofmark/sign/event_log.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace proofmark::sign {
namespace {

constexpr std::uint32_t kSha256 = 0x000b;  // TPM_ALG_SHA256
constexpr std::string_view kSignature("Spec ID Event03\0", 16);

// Little endian. Reading past the end gives nothing and is remembered.
class Reader {
 public:
  explicit Reader(ByteView bytes) : bytes_(bytes) {}
  ByteView take(std::size_t size) {
    sound_ = sound_ && size <= bytes_.size() - at_;
    if (!sound_) return {};
    at_ += size;
    return bytes_.subspan(at_ - size, size);
  }
  std::uint32_t number(std::size_t size) {
    std::uint32_t value = 0;
    const ByteView bytes = take(size);
    for (std::size_t i = 0; i < bytes.size(); ++i) value |= static_cast<std::uint32_t>(bytes[i]) << (8 * i);
    return value;
  }
  bool sound() const { return sound_; }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
  bool sound_ = true;
};

// Algorithm to size of its digests; empty when this is no such header.
std::map<std::uint32_t, std::uint32_t> read_header(Reader& log) {
  constexpr std::size_t kEventTypeAndDigest = 4 + 4 + 20;
  constexpr std::size_t kVersions = 8;
  log.take(kEventTypeAndDigest);
  Reader event(log.take(log.number(4)));
  const ByteView signature = event.take(kSignature.size());
  event.take(kVersions);
  const std::uint32_t count = event.number(4);
  std::map<std::uint32_t, std::uint32_t> sizes;
  for (std::uint32_t i = 0; i < count && event.sound(); ++i) {
    const std::uint32_t algorithm = event.number(2);
    sizes[algorithm] = event.number(2);
  }
  event.take(event.number(1));
  const bool is_header = log.sound() && event.sound() && event.at_end() &&
                         std::equal(signature.begin(), signature.end(), kSignature.begin(), kSignature.end(),
                                    [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); });
  if (!is_header || sizes[kSha256] != sizeof(Digest)) sizes.clear();
  return sizes;
}

bool read_event(Reader& log, const std::map<std::uint32_t, std::uint32_t>& sizes, LoggedEvent& event) {
  event.pcr = log.number(4);
  event.type = log.number(4);
  const std::uint32_t count = log.number(4);
  bool has_digest = false;
  for (std::uint32_t i = 0; i < count && log.sound(); ++i) {
    const std::uint32_t algorithm = log.number(2);
    const auto size = sizes.find(algorithm);
    if (size == sizes.end()) return false;
    const ByteView digest = log.take(size->second);
    if (algorithm != kSha256 || !log.sound()) continue;
    std::copy(digest.begin(), digest.end(), event.digest.begin());
    has_digest = true;
  }
  const ByteView text = log.take(log.number(4));
  event.text.assign(text.begin(), text.end());
  return log.sound() && has_digest;
}

}  // namespace

Result<std::vector<LoggedEvent>> decode_event_log(ByteView log, const std::string& name) {
  if (log.size() > kMaxEventLogSize)
    return unknown(name, fmt::format("too long for an event log (expected at most {} bytes, found {})",
                                     kMaxEventLogSize, log.size()));
  Reader reader(log);
  const auto sizes = read_header(reader);
  if (sizes.empty()) return unknown(name, "not an event log of the TCG with SHA-256 digests");
  std::vector<LoggedEvent> events;
  while (!reader.at_end()) {
    LoggedEvent event;
    if (!read_event(reader, sizes, event))
      return unknown(name, fmt::format("event {} is cut off or malformed", events.size() + 1));
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace proofmark::sign
