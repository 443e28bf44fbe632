// SPDX-License-Identifier: Apache-2.0
//
// One pass over the covered bytes: copied, digested as a whole and digested per segment at the same time.
#pragma once

#include <functional>
#include <vector>

#include "proofmark/sign/digest.h"
#include "proofmark/sign/elf_image.h"
#include "proofmark/sign/manifest.h"

namespace proofmark::sign {

class ContentDigests {
 public:
  explicit ContentDigests(const std::vector<FileRange>& segments);
  // Takes the next bytes of the content, in order.
  void update(ByteView bytes);
  Digest finish(std::vector<SegmentDigest>& segments);

 private:
  struct Segment {
    FileRange range;
    std::unique_ptr<Sha256> hash;
  };
  std::uint64_t offset_ = 0;
  FsVerityHasher whole_;
  std::vector<Segment> segments_;
};

using Sink = std::function<Result<void>(ByteView)>;

// Feeds [begin, end) of a file to `sink` in large pieces.
Result<void> stream(const InputFile& file, std::uint64_t begin, std::uint64_t end, const Sink& sink);

}  // namespace proofmark::sign
