// SPDX-License-Identifier: Apache-2.0
//
// Whom a verb trusts, and the line that says what the verifier decided: the same for every verb that verifies.
#pragma once

#include <CLI/CLI.hpp>

#include "proofmark/sign/signing.h"

namespace proofmark::sign::tool {

struct VerifierOptions {
  std::vector<std::string> trust;
  std::string board, role;
  std::uint32_t minimum_security_version = 0, threshold = 1;
  bool allow_unproven = false;
};

void add_verifier_options(CLI::App& command, VerifierOptions& options);
Result<TrustRequest> load_trust(const VerifierOptions& options);

// Prints "PATH: trusted: ...".
void print_accepted(const std::string& path, const pm_result& result, const TrustRequest& trust);
// Prints "PATH: NOT TRUSTED: ..." and returns the exit code.
int print_refused(const InputFile& file, const pm_result& result);

}  // namespace proofmark::sign::tool
