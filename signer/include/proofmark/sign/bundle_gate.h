// SPDX-License-Identifier: Apache-2.0
//
// The gate of bundles: a bundle is proven when every ELF file in it is. Each must carry the mark of a trusted key, for every
// board of the bundle, that says "proven" under the board's policy; what they claim is what the bundle claims.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "proofmark/sign/evidence.h"
#include "proofmark/sign/signing.h"
#include "proofmark/sign/tree.h"

namespace proofmark::sign {

class BundleGate {
 public:
  // `trust` says whose marks count; its board is not looked at. Without a key no mark counts.
  BundleGate(const Tree& tree, std::vector<BoardFacts> boards, TrustRequest trust)
      : tree_(tree), boards_(std::move(boards)), trust_(std::move(trust)) {}

  // Looks at one regular file; several threads may do so at once (Tree::Inspect).
  Result<void> inspect(std::size_t index, const BundleEntry& entry, int fd);

  // After all files. The objections are in the order of the paths.
  GateAnswer answer() const;
  std::uint64_t elf_files() const { return elf_files_; }

 private:
  std::string objection_to(const BundleEntry& entry, int fd);
  std::string objection_to_mark(const BundleEntry& entry, int fd, int mark_fd);
  void take(const pm_manifest& manifest);

  const Tree& tree_;
  std::vector<BoardFacts> boards_;
  TrustRequest trust_;
  mutable std::mutex mutex_;  // of all below
  std::uint64_t elf_files_ = 0;
  std::uint64_t properties_ = UINT64_MAX;  // that all of them have
  std::uint64_t units_ = 0, waivers_ = 0;
  std::map<std::size_t, std::string> objections_;  // by index of the file
};

}  // namespace proofmark::sign
