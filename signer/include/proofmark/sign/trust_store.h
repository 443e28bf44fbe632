// SPDX-License-Identifier: Apache-2.0
//
// Trust stores as tools make them (docs/format.md section 13): which keys count for what, how many of them, and what is
// revoked. Reading and writing here is written apart from the verifier's code; whether a store may take the place of another
// is always the verifier's decision.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "proofmark/sign/keys.h"
#include "proofmark/sign/mark.h"

namespace proofmark::sign {

struct TrustedKey {
  PublicKey key;
  std::uint32_t roles = 0;       // bits of enum pm_role
  std::set<std::string> boards;  // empty: every board
  bool operator==(const TrustedKey& other) const;
};

struct TrustStore {
  std::uint32_t version = 1;
  std::map<std::string, std::uint32_t> boards;            // lowest security version for each board that the store names
  std::map<Digest, TrustedKey> keys;                      // by key id
  std::array<std::uint32_t, PM_ROLE_COUNT> thresholds{};  // in the order of enum pm_role
  std::set<Digest> revoked_keys, revoked_contents;
  bool operator==(const TrustStore&) const = default;
};

Bytes encode(const TrustStore& store);
// As strict as a device, and also: every key id is that of its key.
Result<TrustStore> decode_trust_store(ByteView payload);

// What a device would refuse in a store, in words; nothing when it is sound.
std::optional<std::string> defect(const TrustStore& store);

// A store as a file. Without signatures it is a draft.
struct TrustFile {
  TrustStore store;
  Bytes payload;
  std::vector<Signature> signatures;
};

Result<TrustFile> read_trust_file(const std::filesystem::path& path);
Bytes encode(const TrustFile& file);
// True when the file begins like a trust store; what else it holds is not looked at.
Result<bool> looks_like_trust_file(const std::filesystem::path& path);

// Adds a signature, or replaces that of the same key. Refuses a key that is not among `roots`.
Result<void> add_signature(TrustFile& file, const Signer& signer);

// Asks the verifier whether the store in `path` may take the place of `trusted`. Test keys are allowed: it is for the
// device to forbid them.
Result<void> check_replacement(const TrustStore& trusted, const std::filesystem::path& path);
// The same for a store that stands alone: enough of its own root keys signed it.
Result<TrustFile> read_signed_trust_file(const std::filesystem::path& path);

// A store for the verifier. The set points into this object, which must not move.
class TrustTables {
 public:
  explicit TrustTables(const TrustStore& store);
  TrustTables(const TrustTables&) = delete;
  TrustTables& operator=(const TrustTables&) = delete;
  const pm_trust_set& set() const { return set_; }

 private:
  std::vector<pm_trust_key> keys_;
  std::vector<pm_trust_board> boards_;
  std::vector<pm_digest> revoked_keys_, revoked_contents_;
  pm_trust_set set_{};
};

// Keys alone, as `proofmark pubkey` hands them on: each may sign everything but stores, for every board. Version 0, which
// no store can replace.
TrustStore store_of_keys(const std::vector<PublicKey>& keys);

// A source file that defines pm_trust_keys, pm_trust_key_count and pm_trust_builtin, for C11 and C++. `command` is named as
// what generated it.
std::string trust_source(const TrustStore& store, const std::string& command);

inline constexpr std::array<const char*, PM_ROLE_COUNT> kRoleNames = {"root", "program", "bundle", "configuration",
                                                                      "recovery"};
// "program" to PM_ROLE_PROGRAM; nothing for another word.
std::optional<pm_role> role_of(const std::string& name);
// "root program"
std::string role_names(std::uint32_t roles);
// The role whose keys sign files of this kind.
pm_role role_for(pm_kind kind);

// Why this key may not sign a file of this role for these boards ("*" is every board), or nothing when it may.
std::optional<std::string> objection(const TrustStore& store, const PublicKey& key, pm_role role,
                                     const std::vector<std::string>& boards, std::uint32_t security_version);

}  // namespace proofmark::sign
