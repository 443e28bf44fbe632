// SPDX-License-Identifier: Apache-2.0
//
// See pss.h. The steps are numbered as in RFC 8017 section 9.1.2. The portable hash serves: these are a dozen blocks.
#include "pss.h"

#include "../src/sha256.h"

namespace proofmark::verify {
namespace {

// MGF1 (RFC 8017 appendix B.2.1), exclusive-ored over `block`. Its counter stays below 256 for every modulus there is.
void mask(uint8_t* block, size_t size, const uint8_t seed[PM_DIGEST_SIZE]) {
  uint8_t counter[4] = {};
  uint8_t stream[PM_DIGEST_SIZE];
  for (size_t i = 0; i < size; ++i) {
    if (i % PM_DIGEST_SIZE == 0) {
      Sha256 hash;
      hash.start(&kSha256Portable);
      hash.update(seed, PM_DIGEST_SIZE);
      hash.update(counter, sizeof counter);
      hash.finish(stream);
      ++counter[3];
    }
    block[i] ^= stream[i % PM_DIGEST_SIZE];
  }
}

}  // namespace

bool check_pss(uint8_t* encoded, size_t size, const uint8_t digest[PM_DIGEST_SIZE]) {
  // Step 3: there is room for both hashes and the three fixed bytes.
  if (size < 2 * PM_DIGEST_SIZE + 3) return false;
  // Steps 4 and 6: the last byte, and the bit that the modulus leaves free.
  if (encoded[size - 1] != 0xbc || (encoded[0] & 0x80) != 0) return false;
  // Steps 5 to 9.
  const size_t block_size = size - PM_DIGEST_SIZE - 1;
  const uint8_t* h = encoded + block_size;
  mask(encoded, block_size, h);
  encoded[0] &= 0x7f;
  // Step 10: zeros, a one, and then the salt, which so has its one right size.
  const size_t zeros = block_size - PM_PS256_SALT_SIZE - 1;
  uint8_t wrong = encoded[zeros] ^ 0x01;
  for (size_t i = 0; i < zeros; ++i) wrong |= encoded[i];
  if (wrong != 0) return false;
  // Steps 11 to 14.
  constexpr uint8_t kPadding[8] = {};
  uint8_t expected[PM_DIGEST_SIZE];
  Sha256 hash;
  hash.start(&kSha256Portable);
  hash.update(kPadding, sizeof kPadding);
  hash.update(digest, PM_DIGEST_SIZE);
  hash.update(encoded + zeros + 1, PM_PS256_SALT_SIZE);
  hash.finish(expected);
  return equal_bytes(h, expected, PM_DIGEST_SIZE);
}

}  // namespace proofmark::verify
