// SPDX-License-Identifier: Apache-2.0
//
// What the signer has to know of HSS/LMS (RFC 8554) although it never signs with it: the public key and the size of the
// signatures.
#pragma once

#include <optional>

#include "proofmark/sign/keys.h"

namespace proofmark::sign {

struct HssParameters {
  std::uint32_t levels;
  std::size_t hash;    // bytes: 32 or 24
  std::size_t height;  // of the top level
  unsigned width;      // of the top level: bits per digit are 1 << width
};

// Nothing when this is no public key that is supported.
std::optional<HssParameters> hss_parameters(ByteView key);

// With one level the size of every signature; with more, the largest with lower levels of height 25 and digits of 4 bits, or
// fewer where the top level has fewer, because the public key says nothing about lower levels.
std::size_t hss_signature_size(const HssParameters& parameters);

// The key in a SubjectPublicKeyInfo of this algorithm.
std::optional<ByteView> hss_of_spki(ByteView spki);

}  // namespace proofmark::sign
