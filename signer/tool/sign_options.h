// SPDX-License-Identifier: Apache-2.0
//
// What decides about a mark besides the keys: the options that sign and digest share, and the way from them, through the
// gate, to what is signed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "key_options.h"
#include "proofmark/sign/signing.h"
#include "trust_option.h"

namespace proofmark::sign::tool {

inline constexpr const char* kRequestSuffix = ".request";

struct SignOptions {
  std::string input, output, name, boards_dir, configuration, debug, runtime, dependencies;
  std::vector<std::string> keys, boards, evidence, library_directories, also_loads;
  KeyOptions key_options;
  TrustOption trust;
  std::uint32_t security_version = 0;
  std::uint32_t reserve = 0;
  bool allow_unproven = false, detached = false, as_data = false, replace = false, add = false, script = false;
};

// Keys and room for later ones together are not too many.
Result<void> check_signature_count(const SignOptions& options);

// All but IN, --output, --key and what goes with one verb only.
void declare_sign_options(CLI::App& command, SignOptions& options);

struct Prepared {
  Candidate candidate;
  SignRequest request;  // without output
};
// Opens the input, asks the trust store whether these keys may sign it, and the gate, whose objections it prints. The keys must
// outlive the result.
Result<Prepared> prepare(const SignOptions& options, const std::vector<std::unique_ptr<Signer>>& keys);

}  // namespace proofmark::sign::tool
