// SPDX-License-Identifier: Apache-2.0
//
// The last 32 bytes of a signed file, and what it means when they are somewhere else.
#include <algorithm>
#include <cstring>

#include "proofmark/sign/mark.h"

namespace proofmark::sign {
namespace {

void put(std::uint8_t* at, std::size_t size, std::uint64_t value) {
  for (std::size_t i = 0; i < size; ++i) at[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

std::uint64_t get(const std::uint8_t* at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | at[i];
  return value;
}

}  // namespace

Bytes encode_trailer(const Trailer& trailer) {
  pm_trailer raw{};
  std::memcpy(raw.magic, PM_TRAILER_MAGIC, sizeof raw.magic);
  put(raw.version, sizeof raw.version, PM_FORMAT_VERSION);
  put(raw.mark_length, sizeof raw.mark_length, trailer.mark_length);
  put(raw.covered_length, sizeof raw.covered_length, trailer.covered);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&raw);
  return {bytes, bytes + sizeof raw};
}

Result<Found> find_trailer(const InputFile& file, bool detached) {
  Found found;
  if (file.size() < PM_TRAILER_SIZE) return found;
  pm_trailer raw{};
  const std::span<std::uint8_t> bytes(reinterpret_cast<std::uint8_t*>(&raw), sizeof raw);
  if (auto done = file.read(file.size() - PM_TRAILER_SIZE, bytes); !done) return tl::unexpected(done.error());
  if (std::memcmp(raw.magic, PM_TRAILER_MAGIC, sizeof raw.magic) != 0) return found;

  found.trailer = {get(raw.mark_length, sizeof raw.mark_length), get(raw.covered_length, sizeof raw.covered_length)};
  const std::uint64_t room = file.size() - PM_TRAILER_SIZE;
  const bool known =
      get(raw.version, sizeof raw.version) == PM_FORMAT_VERSION && get(raw.reserved, sizeof raw.reserved) == 0;
  const bool fits =
      found.trailer.mark_length > 0 && found.trailer.mark_length <= std::min<std::uint64_t>(room, PM_MARK_MAX_SIZE) &&
      (detached ? found.trailer.mark_length == room : found.trailer.covered == room - found.trailer.mark_length);
  found.ending = known && fits ? Ending::kMark : Ending::kBroken;
  return found;
}

Result<Message> read_message(const InputFile& file, const Trailer& trailer) {
  const std::uint64_t offset = file.size() - PM_TRAILER_SIZE - trailer.mark_length;
  auto area = file.read(offset, static_cast<std::size_t>(trailer.mark_length));
  if (!area) return tl::unexpected(area.error());
  auto message = decode_message(*area);
  if (!message) message.error().subject = file.path();
  return message;
}

Result<bool> has_buried_trailer(const InputFile& file) {
  constexpr std::uint64_t kWindow = 1u << 20;
  const std::uint64_t size = std::min(file.size(), kWindow);
  auto bytes = file.read(file.size() - size, static_cast<std::size_t>(size));
  if (!bytes) return tl::unexpected(bytes.error());
  const auto* magic = reinterpret_cast<const std::uint8_t*>(PM_TRAILER_MAGIC);
  return std::search(bytes->begin(), bytes->end(), magic, magic + PM_TRAILER_MAGIC_SIZE) != bytes->end();
}

}  // namespace proofmark::sign
