// SPDX-License-Identifier: Apache-2.0
//
// A signer for HSS/LMS (RFC 8554), for tests only: everything follows from a seed, so its state can be copied and a leaf
// used twice, which is the one thing that a real signer must rule out. Small trees, the whole tree computed each time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace proofmark::verify_test {

// One level: type codes of RFC 8554 and RFC 9858.
struct HssLevel {
  uint32_t tree_type;
  uint32_t ots_type;
};

class HssSigner {
 public:
  // One to eight levels, each of height 5 or 10; `seed` tells keys apart.
  HssSigner(std::vector<HssLevel> levels, uint8_t seed);

  std::vector<uint8_t> public_key() const;
  // Signs by the leaf number `leaf` of the lowest level; the upper levels always use their leaf 0.
  std::vector<uint8_t> sign(const uint8_t* message, size_t size, uint32_t leaf) const;

 private:
  struct Tree;
  std::vector<Tree> trees_;

 public:
  ~HssSigner();
};

}  // namespace proofmark::verify_test
