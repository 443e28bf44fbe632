// SPDX-License-Identifier: Apache-2.0
//
// What the verbs below `proofmark trust` share.
#pragma once

#include <string>

#include "proofmark/sign/trust_store.h"
#include "verb.h"

namespace proofmark::sign::tool {

void declare_trust_create(CLI::App& command, int& exit_code);
void declare_trust_add_key(CLI::App& command, int& exit_code);
void declare_trust_revoke(CLI::App& command, int& exit_code);
void declare_trust_set(CLI::App& command, int& exit_code);
void declare_trust_sign(CLI::App& command, int& exit_code);
void declare_trust_show(CLI::App& command, int& exit_code);

// Replaces `path` by the store as a file.
Result<void> write_trust_file(const std::string& path, const TrustFile& file);

// The word before the '=' and the number behind it: "program=2".
Result<std::pair<std::string, std::uint32_t>> read_assignment(const std::string& text, std::uint32_t most);

// 64 hex digits, with or without "sha256:" before them.
std::optional<Digest> read_digest(const std::string& text);

}  // namespace proofmark::sign::tool
