// SPDX-License-Identifier: Apache-2.0
//
// Public keys of HSS/LMS (RFC 8554): what their type codes mean, and their SubjectPublicKeyInfo (RFC 9708).
#include "hss_key.h"

#include <algorithm>
#include <array>

#include "foreign.h"
#include "proofmark/sign/digest.h"

namespace proofmark::sign {
namespace {

// SEQUENCE { SEQUENCE { id-alg-hss-lms-hashsig }, BIT STRING }, up to the two lengths that depend on the key.
constexpr std::array<std::uint8_t, 16> kAlgorithm = {0x30, 0x0d, 0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86,
                                                     0xf7, 0x0d, 0x01, 0x09, 0x10, 0x03, 0x11, 0x03};

std::uint32_t number_at(ByteView bytes, std::size_t offset) {
  return std::uint32_t{bytes[offset]} << 24 | std::uint32_t{bytes[offset + 1]} << 16 |
         std::uint32_t{bytes[offset + 2]} << 8 | std::uint32_t{bytes[offset + 3]};
}

std::size_t level_size(std::size_t hash, std::size_t digits, std::size_t height) {
  return 12 + hash * (1 + digits + height);
}

// Digits of one hash and its checksum, RFC 8554 table 1 and RFC 9858.
std::size_t digits_of(std::size_t hash, unsigned width) {
  constexpr std::array<std::size_t, 4> kWide = {265, 133, 67, 34}, kNarrow = {200, 101, 51, 26};
  return (hash == 32 ? kWide : kNarrow)[width];
}

}  // namespace

std::optional<HssParameters> hss_parameters(ByteView key) {
  if (key.size() != PM_KEY_HSS256_SIZE && key.size() != PM_KEY_HSS192_SIZE) return std::nullopt;
  const std::uint32_t levels = number_at(key, 0), tree = number_at(key, 4), ots = number_at(key, 8);
  if (levels < 1 || levels > 8 || tree < 5 || tree > 14 || ots < 1 || ots > 8) return std::nullopt;
  const std::size_t hash = tree < 10 ? 32 : 24;
  if (hash != (ots < 5 ? 32u : 24u) || key.size() != 28 + hash) return std::nullopt;
  return HssParameters{levels, hash, 5 * ((tree - 5) % 5 + 1), (ots - 1) % 4};
}

std::size_t hss_signature_size(const HssParameters& parameters) {
  constexpr std::size_t kHighest = 25;
  constexpr unsigned kFourBits = 2;
  const std::size_t top = level_size(parameters.hash, digits_of(parameters.hash, parameters.width), parameters.height);
  const std::size_t lower =
      level_size(parameters.hash, digits_of(parameters.hash, std::min(parameters.width, kFourBits)), kHighest) + 24 +
      parameters.hash;
  return std::min<std::size_t>(4 + top + (parameters.levels - 1) * lower, PM_SIGNATURE_MAX_SIZE);
}

std::optional<ByteView> hss_of_spki(ByteView spki) {
  // 30 length, the algorithm and the tag of the BIT STRING, length, no unused bits.
  constexpr std::size_t kHead = 2 + kAlgorithm.size() + 2;
  if (spki.size() <= kHead || !std::equal(kAlgorithm.begin(), kAlgorithm.end(), spki.begin() + 2)) return std::nullopt;
  const std::size_t size = spki.size() - kHead;
  if (spki[0] != 0x30 || spki[1] != spki.size() - 2 || spki[kHead - 2] != size + 1 || spki[kHead - 1] != 0)
    return std::nullopt;
  return spki.subspan(kHead);
}

bool looks_like_hss(ByteView bytes) {
  return hss_parameters(bytes).has_value();
}

Result<PublicKey> public_key_from_hss(ByteView raw, bool test, const std::string& path) {
  const auto parameters = hss_parameters(raw);
  if (!parameters)
    return unknown(path, "HSS-LMS parameter set not supported (expected 1 to 8 levels with SHA-256 or SHA-256/192)");
  PublicKey key;
  key.algorithm = PM_HSS_LMS;
  key.bits = 8 * parameters->hash;
  key.test = test;
  key.raw.assign(raw.begin(), raw.end());
  key.spki = {0x30, static_cast<std::uint8_t>(kAlgorithm.size() + 2 + raw.size())};
  key.spki.insert(key.spki.end(), kAlgorithm.begin(), kAlgorithm.end());
  key.spki.push_back(static_cast<std::uint8_t>(raw.size() + 1));
  key.spki.push_back(0);
  key.spki.insert(key.spki.end(), raw.begin(), raw.end());
  key.id = sha256(key.spki);
  return key;
}

}  // namespace proofmark::sign
