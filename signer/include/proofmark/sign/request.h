// SPDX-License-Identifier: Apache-2.0
//
// Signing in two steps, for keys that no cable leads to: a request says what is to be signed, the signatures are made
// wherever the keys are, and attaching them gives the very file that signing at once would have given. docs/keys.md describes
// the request file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "proofmark/sign/signing.h"

namespace proofmark::sign {

struct SigningRequest {
  Manifest manifest;
  bool detached = false;
  bool as_data = false;
  std::uint32_t reserve = 0;
  std::vector<PublicKey> keys;  // who has to sign, 1 to PM_SIGNATURES_MAX

  // The bytes that this key signs.
  Bytes to_be_signed(const PublicKey& key) const;
  std::string to_json() const;
  static Result<SigningRequest> load(const std::filesystem::path& file);
};

// A signer that knows its key and cannot sign: for requests.
std::unique_ptr<Signer> public_only(PublicKey key);

// What sign_file() would have its keys sign. `request.output` is not used, `request.keys` may be public_only().
Result<SigningRequest> make_request(const Candidate& candidate, const SignRequest& request, bool as_data);

// Signs `candidate` with signatures that exist already, raw or DER, in any order: one of each key of the request, and none
// that is of no key. Refuses when the file is not the one that the request is for.
Result<SignReport> attach(const Candidate& candidate, const SigningRequest& request,
                          const std::vector<std::filesystem::path>& signatures, const std::filesystem::path& output);

}  // namespace proofmark::sign
