// SPDX-License-Identifier: Apache-2.0
//
// The options that every verb with a key has: where passphrases and PINs come from. A secret is never an argument, because
// every user of the machine can read the arguments of every process.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "proofmark/sign/key_source.h"

namespace proofmark::sign::tool {

// One secret, from the first of these that was asked for.
struct SecretOptions {
  std::string file;         // its first line
  std::string environment;  // name of a variable
  bool prompt = false;      // typed on the terminal, without an echo
};

struct KeyOptions {
  SecretOptions passphrase, pin;
  std::string program, pkcs11_module;
  unsigned timeout_s = Patience{}.seconds;
};

// Adds --NAME-file, --NAME-env and --NAME-prompt; `what` is what the secret opens.
void add_secret_options(CLI::App& command, SecretOptions& options, const std::string& name, const std::string& what);
// True when any of the three was given.
bool is_given(const SecretOptions& options);
// `what` stands in the prompt: "passphrase of release.pem".
Result<std::string> read_secret(const SecretOptions& options, const std::string& what);
// Asked for twice when it is typed, so that a slip of the finger cannot lock a new key for good.
Result<std::string> read_new_secret(const SecretOptions& options, const std::string& what);

// `signs` is true for verbs that sign, which may do so through a program.
void add_key_options(CLI::App& command, KeyOptions& options, bool signs);
KeyAccess key_access(const KeyOptions& options);

// The keys of one signature each: 1 to PM_SIGNATURES_MAX, no key twice.
Result<std::vector<std::unique_ptr<Signer>>> open_signers(const std::vector<std::string>& names,
                                                          const KeyOptions& options);

}  // namespace proofmark::sign::tool
