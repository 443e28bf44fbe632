// SPDX-License-Identifier: Apache-2.0
//
// Keys as the command line names them.
#include "key_options.h"

#include <set>

#include <fmt/format.h>

namespace proofmark::sign::tool {

void add_key_options(CLI::App& command, KeyOptions& options, bool signs) {
  add_secret_options(command, options.passphrase, "passphrase", "an encrypted key file");
  add_secret_options(command, options.pin, "pin", "a token");
  command.add_option(
      "--pkcs11-module", options.pkcs11_module,
      "PKCS #11 module of tokens whose URI names none (default: $PROOFMARK_PKCS11_MODULE, else p11-kit)");
  command.add_option("--key-timeout", options.timeout_s, "seconds to wait for a token or a program (default 120)")
      ->check(CLI::Range(1U, 86400U).description(""));
  if (signs)
    command.add_option("--key-program", options.program, "program that signs for each --key with a public key");
}

KeyAccess key_access(const KeyOptions& options) {
  KeyAccess access;
  if (is_given(options.passphrase)) {
    access.passphrase = [secret = options.passphrase](const std::string& what) {
      return read_secret(secret, "passphrase of " + what);
    };
  }
  if (is_given(options.pin))
    access.pin = [secret = options.pin](const std::string& what) { return read_secret(secret, "PIN of " + what); };
  access.program = options.program;
  access.pkcs11_module = options.pkcs11_module;
  access.patience.seconds = options.timeout_s;
  access.patience.notice = [](const std::string& what) { fmt::print(stderr, "proofmark: {}\n", what); };
  return access;
}

Result<std::vector<std::unique_ptr<Signer>>> open_signers(const std::vector<std::string>& names,
                                                          const KeyOptions& options) {
  if (names.size() > PM_SIGNATURES_MAX)
    return usage("", fmt::format("too many keys (expected at most {}, found {})", static_cast<int>(PM_SIGNATURES_MAX),
                                 names.size()));
  const KeyAccess access = key_access(options);
  std::vector<std::unique_ptr<Signer>> signers;
  std::set<Digest> seen;
  for (const auto& name : names) {
    auto signer = open_signer(name, access);
    if (!signer) return tl::unexpected(signer.error());
    if (!seen.insert((*signer)->public_key().id).second) return usage(name, "the same key is named twice");
    signers.push_back(std::move(*signer));
  }
  return signers;
}

}  // namespace proofmark::sign::tool
