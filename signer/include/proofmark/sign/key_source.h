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

// How long to wait for a token or a program, and what to tell the user who has to wait for more than a moment.
struct Patience {
  unsigned seconds = 120;                          // for each answer
  std::function<void(const std::string&)> notice;  // may be empty
};

// What opening a key may need besides its name. Everything is optional; what is missing when it is needed is an error.
struct KeyAccess {
  // Gives the secret for what is named: a file or a token. Called only when a secret is needed, and once per key.
  using Secret = std::function<Result<std::string>(const std::string& what)>;
  Secret passphrase;          // of an encrypted key file
  Secret pin;                 // of a token; goes before the URI's pin-source
  std::string pkcs11_module;  // for a URI without module-path; else PROOFMARK_PKCS11_MODULE, else p11-kit's proxy
  std::string program;        // signs for every name that is a file with a public key
  Patience patience;
};

// The key behind `name`, ready to sign. Signatures of tokens and programs are checked before sign() returns them. A PKCS #11
// module runs in a process of its own, forked here: call this before the caller starts threads.
Result<std::unique_ptr<Signer>> open_signer(const std::string& name, const KeyAccess& access);
// Its public half; for a private key file that is encrypted this needs the passphrase too. Files may also hold a public key,
// a certificate (PEM), or the public key of an HSS-LMS signer, raw as in RFC 8554 section 6.1.
Result<PublicKey> open_public_key(const std::string& name, const KeyAccess& access);

}  // namespace proofmark::sign
