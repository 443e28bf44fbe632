// SPDX-License-Identifier: Apache-2.0
//
// Keys: RSA-3072 and RSA-4096 (PS256), P-256 (ES256), P-384 (ES384), and the public half of HSS-LMS. Private ones in PEM files
// are here, others in key_source.h. The algorithm follows from the key and is never chosen anywhere else. A key made with `keygen --test` says so in its first line, and the mark of a test key
// follows it into every file that is derived from it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "proofmark/sign/error.h"
#include "proofmark/verify.h"

struct mbedtls_pk_context;

namespace proofmark::sign {

inline constexpr std::string_view kTestKeyLine = "proofmark: TEST KEY - never trust in production";

struct PkDeleter {
  void operator()(mbedtls_pk_context* key) const;
};
using PkHandle = std::unique_ptr<mbedtls_pk_context, PkDeleter>;

struct PublicKey {
  pm_algorithm algorithm = PM_PS256;
  std::size_t bits = 0;
  bool test = false;
  Digest id{};  // SHA-256 of `spki`
  Bytes spki;   // DER SubjectPublicKeyInfo
  Bytes raw;    // as in pm_trust_key: 04 || X || Y, modulus || exponent, or the HSS public key

  // From a PEM file with a public key, a private key or a certificate, or from the raw public key of HSS-LMS.
  static Result<PublicKey> load(const std::filesystem::path& file, const std::string& passphrase = {});
  // From the form that `raw` has. The id is computed, so a false one is found out.
  static Result<PublicKey> from_raw(pm_algorithm algorithm, ByteView raw, bool test);
  // From a DER SubjectPublicKeyInfo; `where` it comes from stands in messages.
  static Result<PublicKey> from_spki(ByteView spki, const std::string& where);
  std::string to_pem() const;
  // May sign everything but trust stores, for every board.
  pm_trust_key to_trust() const;
  // Bytes of a raw signature; with HSS-LMS of several levels the most that it takes with lower levels of usual parameters.
  std::size_t signature_size() const;
};

// Whoever can sign with one key: a file, a token, a program, or a signature that was made somewhere else. Signing code
// knows nothing else about keys.
class Signer {
 public:
  virtual ~Signer() = default;
  virtual const PublicKey& public_key() const = 0;
  // The raw signature of COSE over `message`, good under public_key(): not every signer can be believed, so each one
  // whose signature comes from outside of this process has checked it. PublicKey::signature_size() bytes at most.
  virtual Result<Bytes> sign(ByteView message) const = 0;
};

class PrivateKey final : public Signer {
 public:
  // `passphrase` is for encrypted PKCS#8; empty for a plain file.
  static Result<PrivateKey> load(const std::filesystem::path& file, const std::string& passphrase = {});
  // `rsa_bits` is 3072 or 4096 and only looked at for PS256.
  static Result<PrivateKey> generate(pm_algorithm algorithm, bool test, unsigned rsa_bits = 3072);

  // PKCS #8; with a passphrase encrypted by PBES2.
  Result<std::string> to_pem(const std::string& passphrase = {}) const;
  const PublicKey& public_key() const override { return public_key_; }
  // The same message gives the same bytes every time.
  Result<Bytes> sign(ByteView message) const override;

 private:
  PrivateKey(PkHandle key, PublicKey public_key) : key_(std::move(key)), public_key_(std::move(public_key)) {}
  PkHandle key_;
  PublicKey public_key_;
};

std::string algorithm_name(int algorithm);  // "ps256"

}  // namespace proofmark::sign
