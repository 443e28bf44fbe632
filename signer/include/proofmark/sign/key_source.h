// SPDX-License-Identifier: Apache-2.0
//
// Where keys come from. A name says it: the path of a PEM file, `pkcs11:...` (RFC 7512) for a key in a token, or
// `exec:PROGRAM` for a program that signs. docs/keys.md tells factories how to use each.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "proofmark/sign/keys.h"

namespace proofmark::sign {

// What opening a key may need besides its name. Everything is optional; what is missing when it is needed is an error.
struct KeyAccess {
  // Gives the secret for what is named: a file or a token. Called only when a secret is needed, and once per key.
  using Secret = std::function<Result<std::string>(const std::string& what)>;
  Secret passphrase;  // of an encrypted key file
};

// The key behind `name`, ready to sign.
Result<std::unique_ptr<Signer>> open_signer(const std::string& name, const KeyAccess& access);
// Its public half; for a private key file that is encrypted this needs the passphrase too.
Result<PublicKey> open_public_key(const std::string& name, const KeyAccess& access);

}  // namespace proofmark::sign
