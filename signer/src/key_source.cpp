// SPDX-License-Identifier: Apache-2.0
//
// From the name of a key to the key.
#include "proofmark/sign/key_source.h"

#include "helper.h"
#include "pk.h"
#include "pkcs11_signer.h"
#include "pkcs11_uri.h"

namespace proofmark::sign {
namespace {

constexpr std::string_view kProgram = "exec:";

bool is_program(const std::string& name) {
  return name.starts_with(kProgram);
}

// Empty when the file is not encrypted, or when nobody can tell its passphrase: then loading it says so.
Result<std::string> passphrase_of(const std::string& path, const KeyAccess& access) {
  if (!access.passphrase) return std::string();
  const auto pem = read_pem(path);
  if (!pem) return tl::unexpected(pem.error());
  return is_encrypted(*pem) ? access.passphrase(path) : std::string();
}

Result<std::unique_ptr<Signer>> open_file(const std::string& path, const KeyAccess& access) {
  if (!access.program.empty()) {
    const auto pem = read_pem(path);
    if (!pem) return tl::unexpected(pem.error());
    if (!is_private(*pem)) {
      auto key = PublicKey::load(path);
      if (!key) return tl::unexpected(key.error());
      return helper_signer(access.program, std::move(*key), access.patience);
    }
  }
  const auto passphrase = passphrase_of(path, access);
  if (!passphrase) return tl::unexpected(passphrase.error());
  auto key = PrivateKey::load(path, *passphrase);
  if (!key) return tl::unexpected(key.error());
  return std::make_unique<PrivateKey>(std::move(*key));
}

}  // namespace

Result<std::unique_ptr<Signer>> open_signer(const std::string& name, const KeyAccess& access) {
  if (is_pkcs11_uri(name)) return open_pkcs11_signer(name, access);
  if (!is_program(name)) return open_file(name, access);
  const std::string program = name.substr(kProgram.size());
  auto key = helper_public_key(program, access.patience);
  if (!key) return tl::unexpected(key.error());
  return helper_signer(program, std::move(*key), access.patience);
}

Result<PublicKey> open_public_key(const std::string& name, const KeyAccess& access) {
  if (is_pkcs11_uri(name)) return open_pkcs11_public_key(name, access);
  if (is_program(name)) return helper_public_key(name.substr(kProgram.size()), access.patience);
  const auto passphrase = passphrase_of(name, access);
  if (!passphrase) return tl::unexpected(passphrase.error());
  return PublicKey::load(name, *passphrase);
}

}  // namespace proofmark::sign
