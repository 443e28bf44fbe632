// SPDX-License-Identifier: Apache-2.0
//
// An X.509 certificate, of which a trust store takes the key and nothing else.
#pragma once

#include <filesystem>
#include <string>

#include "proofmark/sign/keys.h"

namespace proofmark::sign::tool {

struct Certificate {
  PublicKey key;
  std::string subject, issuer, valid_from, valid_to;
  bool authority = false;  // basic constraints say CA
};

// PEM or DER, one certificate.
Result<Certificate> read_certificate(const std::filesystem::path& path);

}  // namespace proofmark::sign::tool
