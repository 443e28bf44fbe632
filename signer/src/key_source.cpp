// SPDX-License-Identifier: Apache-2.0
//
// From the name of a key to the key.
#include "proofmark/sign/key_source.h"

#include "pk.h"

namespace proofmark::sign {
namespace {

// Empty when the file is not encrypted, or when nobody can tell its passphrase: then loading it says so.
Result<std::string> passphrase_of(const std::string& path, const KeyAccess& access) {
  if (!access.passphrase) return std::string();
  const auto pem = read_pem(path);
  if (!pem) return tl::unexpected(pem.error());
  return is_encrypted(*pem) ? access.passphrase(path) : std::string();
}

}  // namespace

Result<std::unique_ptr<Signer>> open_signer(const std::string& name, const KeyAccess& access) {
  const auto passphrase = passphrase_of(name, access);
  if (!passphrase) return tl::unexpected(passphrase.error());
  auto key = PrivateKey::load(name, *passphrase);
  if (!key) return tl::unexpected(key.error());
  return std::make_unique<PrivateKey>(std::move(*key));
}

Result<PublicKey> open_public_key(const std::string& name, const KeyAccess& access) {
  const auto passphrase = passphrase_of(name, access);
  if (!passphrase) return tl::unexpected(passphrase.error());
  return PublicKey::load(name, *passphrase);
}

}  // namespace proofmark::sign
