// SPDX-License-Identifier: Apache-2.0
//
// See hss_signer.h. Written from the algorithms of RFC 8554 section 4 and 5, apart from the verifier's code; the hash is
// mbedTLS's. Private values follow from the seed as in RFC 8554 appendix A.
#include "hss_signer.h"

#include <mbedtls/sha256.h>

#include <cmath>
#include <initializer_list>

namespace proofmark::verify_test {
namespace {

using Bytes = std::vector<uint8_t>;

Bytes number(uint64_t value, unsigned size) {
  Bytes out(size);
  for (unsigned i = 0; i < size; ++i) out[i] = static_cast<uint8_t>(value >> (8 * (size - 1 - i)));
  return out;
}

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes out;
  for (const Bytes& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

Bytes hash(size_t size, std::initializer_list<Bytes> parts) {
  const Bytes all = joined(parts);
  Bytes digest(32);
  mbedtls_sha256(all.data(), all.size(), digest.data(), 0);
  digest.resize(size);
  return digest;
}

}  // namespace

struct HssSigner::Tree {
  HssLevel types;
  Bytes id, seed;
  size_t n;
  unsigned height, width, digits, shift;
  std::vector<Bytes> nodes;  // 1 is the root

  Tree(const HssLevel& level, uint8_t of_seed, uint8_t depth);
  unsigned largest() const { return (1u << width) - 1; }
  Bytes private_value(uint32_t q, unsigned i) const { return hash(n, {id, number(q, 4), number(i, 2), {0xff}, seed}); }
  Bytes chain(Bytes value, uint32_t q, unsigned i, unsigned from, unsigned to) const {
    for (unsigned j = from; j < to; ++j) value = hash(n, {id, number(q, 4), number(i, 2), number(j, 1), value});
    return value;
  }
  std::vector<unsigned> digits_of(const Bytes& digest) const;
  Bytes leaf(uint32_t q) const;
  Bytes public_key() const { return joined({number(types.tree_type, 4), number(types.ots_type, 4), id, nodes[1]}); }
  Bytes sign(const Bytes& message, uint32_t q) const;
};

HssSigner::Tree::Tree(const HssLevel& level, uint8_t of_seed, uint8_t depth) : types(level) {
  n = types.tree_type < 10 ? 32 : 24;
  height = 5 * ((types.tree_type - 5) % 5 + 1);
  width = 1u << ((types.ots_type - 1) % 4);
  // RFC 8554 appendix B.
  const auto count = static_cast<unsigned>(8 * n / width);
  const auto checksum = static_cast<unsigned>(std::ceil((std::floor(std::log2(largest() * count)) + 1) / width));
  digits = count + checksum;
  shift = 16 - checksum * width;
  id = hash(16, {{'I', of_seed, depth}});
  seed = hash(n, {{'S', of_seed, depth}});
  const uint32_t leaves = 1u << height;
  nodes.resize(2 * size_t{leaves});
  for (uint32_t q = 0; q < leaves; ++q) nodes[leaves + q] = leaf(q);
  for (uint32_t r = leaves - 1; r > 0; --r)
    nodes[r] = hash(n, {id, number(r, 4), {0x83, 0x83}, nodes[2 * size_t{r}], nodes[2 * size_t{r} + 1]});
}

std::vector<unsigned> HssSigner::Tree::digits_of(const Bytes& digest) const {
  std::vector<unsigned> out;
  const auto split = [&](const Bytes& bytes, size_t count) {
    for (size_t i = 0; i < count; ++i) {
      const size_t bit = i * width;
      out.push_back(bytes[bit / 8] >> (8 - width - bit % 8) & largest());
    }
  };
  split(digest, 8 * n / width);
  unsigned sum = 0;
  for (const unsigned digit : out) sum += largest() - digit;
  split(number(uint64_t{sum} << shift, 2), digits - out.size());
  return out;
}

Bytes HssSigner::Tree::leaf(uint32_t q) const {
  Bytes ends;
  for (unsigned i = 0; i < digits; ++i) {
    const Bytes end = chain(private_value(q, i), q, i, 0, largest());
    ends.insert(ends.end(), end.begin(), end.end());
  }
  const Bytes ots_key = hash(n, {id, number(q, 4), {0x80, 0x80}, ends});
  return hash(n, {id, number((1u << height) + q, 4), {0x82, 0x82}, ots_key});
}

Bytes HssSigner::Tree::sign(const Bytes& message, uint32_t q) const {
  const Bytes randomiser = hash(n, {{'C'}, seed, number(q, 4)});
  const auto digit = digits_of(hash(n, {id, number(q, 4), {0x81, 0x81}, randomiser, message}));
  Bytes out = joined({number(q, 4), number(types.ots_type, 4), randomiser});
  for (unsigned i = 0; i < digits; ++i) {
    const Bytes y = chain(private_value(q, i), q, i, 0, digit[i]);
    out.insert(out.end(), y.begin(), y.end());
  }
  out = joined({out, number(types.tree_type, 4)});
  for (size_t node = (size_t{1} << height) + q; node > 1; node /= 2) out = joined({out, nodes[node ^ 1]});
  return out;
}

HssSigner::HssSigner(std::vector<HssLevel> levels, uint8_t seed) {
  for (const HssLevel& level : levels) trees_.emplace_back(level, seed, static_cast<uint8_t>(trees_.size()));
}

HssSigner::~HssSigner() = default;

Bytes HssSigner::public_key() const {
  return joined({number(trees_.size(), 4), trees_.front().public_key()});
}

Bytes HssSigner::sign(const uint8_t* message, size_t size, uint32_t leaf) const {
  Bytes out = number(trees_.size() - 1, 4);
  for (size_t i = 0; i + 1 < trees_.size(); ++i) {
    const Bytes below = trees_[i + 1].public_key();
    out = joined({out, trees_[i].sign(below, 0), below});
  }
  return joined({out, trees_.back().sign(Bytes(message, message + size), leaf)});
}

}  // namespace proofmark::verify_test
