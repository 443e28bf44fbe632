// SPDX-License-Identifier: Apache-2.0
//
// The pass over the content, and the digests that need nothing but such a pass.
#include "content.h"

#include <algorithm>

#include "proofmark/sign/signing.h"

namespace proofmark::sign {

ContentDigests::ContentDigests(const std::vector<FileRange>& segments) {
  for (const auto& range : segments) segments_.push_back({range, std::make_unique<Sha256>()});
}

void ContentDigests::update(ByteView bytes) {
  whole_.update(bytes);
  for (auto& segment : segments_) {
    const std::uint64_t begin = std::max(segment.range.offset, offset_);
    const std::uint64_t end = std::min(segment.range.offset + segment.range.length, offset_ + bytes.size());
    if (begin < end) segment.hash->update(bytes.subspan(begin - offset_, end - begin));
  }
  offset_ += bytes.size();
}

Digest ContentDigests::finish(std::vector<SegmentDigest>& segments) {
  segments.clear();
  for (auto& segment : segments_)
    segments.push_back({segment.range.offset, segment.range.length, segment.hash->finish()});
  return whole_.finish();
}

Result<void> stream(const InputFile& file, std::uint64_t begin, std::uint64_t end, const Sink& sink) {
  constexpr std::uint64_t kPiece = 262144;
  Bytes buffer(static_cast<std::size_t>(std::min(kPiece, end - begin)));
  while (begin < end) {
    const std::span<std::uint8_t> piece =
        std::span(buffer).first(static_cast<std::size_t>(std::min(kPiece, end - begin)));
    if (auto done = file.read(begin, piece); !done) return done;
    if (auto done = sink(piece); !done) return done;
    begin += piece.size();
  }
  return {};
}

Result<Digest> sha256(const InputFile& file) {
  Sha256 hash;
  const auto done = stream(file, 0, file.size(), [&](ByteView bytes) -> Result<void> {
    hash.update(bytes);
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return hash.finish();
}

Result<Digest> fs_verity(const InputFile& file, std::uint64_t length) {
  FsVerityHasher hasher;
  const auto done = stream(file, 0, length, [&](ByteView bytes) -> Result<void> {
    hasher.update(bytes);
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return hasher.finish();
}

}  // namespace proofmark::sign
