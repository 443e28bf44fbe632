// SPDX-License-Identifier: Apache-2.0
//
// Companion policies: what a bundle says, in the languages of two mechanisms that Linux has for refusing programs by itself, IMA
// appraisal and IPE. Both know files by their fs-verity digest, which is the number that the bundle holds, so nothing is read
// but the table. docs/companions.md says how they are used.
#pragma once

#include <optional>
#include <string>

#include "proofmark/sign/bundle.h"
#include "proofmark/sign/keys.h"

namespace proofmark::sign {

// What is said at the head of a policy.
struct CompanionHead {
  std::string name;  // subject of the bundle
  std::uint32_t security_version = 0;
};

// IMA: measures and appraises every file that is executed or mapped as code, by fs-verity digest and signature. The same for every
// bundle, but for the comment. Modules are left to the kernel's own signatures: its rules for them know no fs-verity.
std::string ima_policy(const CompanionHead& head);

// The signatures for it (security.ima, IMA_VERITY_DIGSIG, version 3) of every file that may be code, as `setfattr --restore` reads
// them, relative to the root. The key must be P-256: what is signed is a SHA-256 of a structure with a SHA-256. A certificate of the key
// must name it by the SHA-1 of its bits (RFC 5280 section 4.2.1.2, method 1), as openssl's do.
Result<std::string> ima_signatures(const BundleTable& table, const Signer& signer);

// IPE: one rule for each content that may be code or is a module; or, with the root hash of the dm-verity device that holds the tree, one rule.
std::string ipe_policy(const CompanionHead& head, const BundleTable& table,
                       const std::optional<Digest>& dm_verity_root);

// May a program consist of it? Executable by somebody, or named like a shared object (.so, .so.1).
bool may_be_code(const BundleEntry& entry);
// Named like a kernel module (.ko).
bool is_module(const BundleEntry& entry);

}  // namespace proofmark::sign
