// SPDX-License-Identifier: Apache-2.0
//
// A program that signs. docs/keys.md has the protocol; the program is started without a shell, what it prints is bounded, and
// the signature is checked before it goes anywhere.
#pragma once

#include "proofmark/sign/key_source.h"
#include "worker.h"

namespace proofmark::sign {

// Runs `program`, which PATH may find, with `input` on standard input, and returns what it printed: `most` bytes at most. It
// must end with exit code 0 within patience.seconds.
Result<Bytes> run_helper(const std::string& program, const std::vector<std::string>& arguments, ByteView input,
                         std::size_t most, const Patience& patience);

// Asks the program for its public key.
Result<PublicKey> helper_public_key(const std::string& program, const Patience& patience);
std::unique_ptr<Signer> helper_signer(const std::string& program, PublicKey key, const Patience& patience);

}  // namespace proofmark::sign
