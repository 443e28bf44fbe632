// SPDX-License-Identifier: Apache-2.0
//
// The payload of a trust store, deterministic CBOR, and what makes it sound.
#include "proofmark/sign/trust_store.h"

#include <algorithm>

#include <fmt/format.h>

#include "proofmark/sign/cbor.h"

namespace proofmark::sign {
namespace {

constexpr std::size_t kKeyMembers = 6;

std::uint32_t board_bits(const TrustStore& store, const TrustedKey& key) {
  std::uint32_t bits = 0;
  std::uint32_t bit = 1;
  for (const auto& [name, minimum] : store.boards) {
    if (key.boards.contains(name)) bits |= bit;
    bit <<= 1;
  }
  return bits;
}

std::uint32_t key_flags(const TrustedKey& key) {
  return (key.key.test ? PM_TRUST_KEY_TEST : 0U) | (key.boards.empty() ? PM_TRUST_KEY_ANY_BOARD : 0U);
}

void write_keys(CborWriter& out, const TrustStore& store) {
  out.array(store.keys.size());
  for (const auto& [id, key] : store.keys) {
    out.array(kKeyMembers);
    out.integer(key.key.algorithm);
    out.number(key_flags(key));
    out.number(key.roles);
    out.number(board_bits(store, key));
    out.bytes(id);
    out.bytes(key.key.raw);
  }
}

void write_digests(CborWriter& out, std::uint64_t key, const std::set<Digest>& digests) {
  if (digests.empty()) return;
  out.number(key);
  out.array(digests.size());
  for (const auto& digest : digests) out.bytes(digest);
}

void read_boards(CborReader& in, TrustStore& store) {
  const std::size_t count = in.array(1, PM_TRUST_BOARDS_MAX);
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    in.array(2, 2);
    std::string name = in.text(1, PM_BOARD_NAME_MAX);
    const auto minimum = static_cast<std::uint32_t>(in.number(UINT32_MAX));
    if (!store.boards.empty() && name <= store.boards.rbegin()->first) in.fail();
    store.boards.emplace(std::move(name), minimum);
  }
}

// The boards of a key are bits that number the table; names are what people and this structure use.
void take_boards(CborReader& in, const TrustStore& store, std::uint32_t flags, std::uint64_t bits, TrustedKey& key) {
  for (const auto& [name, minimum] : store.boards) {
    if ((bits & 1) != 0) key.boards.insert(name);
    bits >>= 1;
  }
  const bool any = (flags & PM_TRUST_KEY_ANY_BOARD) != 0;
  if (bits != 0 || any != key.boards.empty()) in.fail();
}

void read_key(CborReader& in, TrustStore& store) {
  in.array(kKeyMembers, kKeyMembers);
  const auto algorithm = static_cast<pm_algorithm>(in.integer());
  const auto flags = static_cast<std::uint32_t>(in.number(PM_TRUST_KEY_TEST | PM_TRUST_KEY_ANY_BOARD));
  TrustedKey key;
  key.roles = static_cast<std::uint32_t>(in.number(PM_ROLES_ALL));
  take_boards(in, store, flags, in.number(UINT32_MAX), key);
  const Digest id = in.digest();
  const Bytes raw = in.bytes(1, PM_KEY_MAX_SIZE);
  if (!in.ok() || key.roles == 0) return in.fail();
  auto whole = PublicKey::from_raw(algorithm, raw, (flags & PM_TRUST_KEY_TEST) != 0);
  if (!whole || whole->id != id) return in.fail();
  if (!store.keys.empty() && id <= store.keys.rbegin()->first) in.fail();
  key.key = std::move(*whole);
  store.keys.emplace(id, std::move(key));
}

std::set<Digest> read_digests(CborReader& in, std::size_t most) {
  std::set<Digest> digests;
  const std::size_t count = in.array(1, most);
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    const Digest digest = in.digest();
    if (!digests.empty() && digest <= *digests.rbegin()) in.fail();
    digests.insert(digest);
  }
  return digests;
}

// Keys of the map in ascending order; an optional one that is absent leaves `next` for the next question.
class MapKeys {
 public:
  explicit MapKeys(CborReader& in) : in_(in), left_(in.map(0, PM_STORE_REVOKED_CONTENTS)) {}
  bool has(std::uint64_t key) {
    if (next_ == 0 && left_ > 0 && in_.ok()) {
      next_ = in_.number();
      --left_;
    }
    if (next_ != key) return false;
    next_ = 0;
    return true;
  }
  bool finished() const { return next_ == 0 && left_ == 0; }

 private:
  CborReader& in_;
  std::size_t left_;
  std::uint64_t next_ = 0;
};

void read_store(CborReader& in, TrustStore& store) {
  MapKeys keys(in);
  if (!keys.has(PM_STORE_FORMAT) || in.number() != PM_TRUST_STORE_FORMAT) in.fail();
  if (!keys.has(PM_STORE_VERSION)) in.fail();
  store.version = static_cast<std::uint32_t>(in.number(UINT32_MAX));
  if (keys.has(PM_STORE_BOARDS)) read_boards(in, store);
  if (!keys.has(PM_STORE_KEYS)) in.fail();
  const std::size_t count = in.array(1, PM_TRUST_KEYS_MAX);
  for (std::size_t i = 0; i < count && in.ok(); ++i) read_key(in, store);
  if (!keys.has(PM_STORE_THRESHOLDS)) in.fail();
  in.array(PM_ROLE_COUNT, PM_ROLE_COUNT);
  for (auto& threshold : store.thresholds) threshold = static_cast<std::uint32_t>(in.number(PM_SIGNATURES_MAX));
  if (keys.has(PM_STORE_REVOKED_KEYS)) store.revoked_keys = read_digests(in, PM_TRUST_REVOKED_KEYS_MAX);
  if (keys.has(PM_STORE_REVOKED_CONTENTS)) store.revoked_contents = read_digests(in, PM_TRUST_REVOKED_CONTENTS_MAX);
  if (!keys.finished() || !in.at_end()) in.fail();
}

std::optional<std::string> too_many(const TrustStore& store) {
  const auto check = [](const char* what, std::size_t count, int most) -> std::optional<std::string> {
    if (count <= static_cast<std::size_t>(most)) return std::nullopt;
    return fmt::format("too many {} (expected at most {}, found {})", what, most, count);
  };
  if (auto text = check("keys", store.keys.size(), PM_TRUST_KEYS_MAX)) return text;
  if (auto text = check("boards", store.boards.size(), PM_TRUST_BOARDS_MAX)) return text;
  if (auto text = check("revoked keys", store.revoked_keys.size(), PM_TRUST_REVOKED_KEYS_MAX)) return text;
  return check("revoked contents", store.revoked_contents.size(), PM_TRUST_REVOKED_CONTENTS_MAX);
}

}  // namespace

bool TrustedKey::operator==(const TrustedKey& other) const {
  return key.id == other.key.id && key.test == other.key.test && roles == other.roles && boards == other.boards;
}

Bytes encode(const TrustStore& store) {
  CborWriter out;
  out.map(4 + (store.boards.empty() ? 0 : 1) + (store.revoked_keys.empty() ? 0 : 1) +
          (store.revoked_contents.empty() ? 0 : 1));
  out.number(PM_STORE_FORMAT);
  out.number(PM_TRUST_STORE_FORMAT);
  out.number(PM_STORE_VERSION);
  out.number(store.version);
  if (!store.boards.empty()) {
    out.number(PM_STORE_BOARDS);
    out.array(store.boards.size());
    for (const auto& [name, minimum] : store.boards) {
      out.array(2);
      out.text(name);
      out.number(minimum);
    }
  }
  out.number(PM_STORE_KEYS);
  write_keys(out, store);
  out.number(PM_STORE_THRESHOLDS);
  out.array(PM_ROLE_COUNT);
  for (const std::uint32_t threshold : store.thresholds) out.number(threshold);
  write_digests(out, PM_STORE_REVOKED_KEYS, store.revoked_keys);
  write_digests(out, PM_STORE_REVOKED_CONTENTS, store.revoked_contents);
  return out.out();
}

Result<TrustStore> decode_trust_store(ByteView payload) {
  CborReader in(payload);
  TrustStore store;
  read_store(in, store);
  if (!in.ok()) return unknown("", "the trust store is malformed (docs/format.md section 13)");
  if (const auto what = defect(store)) return unknown("", *what);
  return store;
}

std::optional<std::string> defect(const TrustStore& store) {
  if (auto text = too_many(store)) return text;
  for (std::size_t role = 0; role < PM_ROLE_COUNT; ++role) {
    const auto count =
        static_cast<std::uint32_t>(std::count_if(store.keys.begin(), store.keys.end(), [&](const auto& entry) {
          return (entry.second.roles >> role & 1) != 0;
        }));
    const std::uint32_t threshold = store.thresholds[role];
    if (threshold > count || (threshold == 0) != (count == 0))
      return fmt::format("the threshold of the role {} cannot hold (expected {}, found {})", kRoleNames[role],
                         count == 0 ? "0, because no key has it" : fmt::format("1 to {} keys", count), threshold);
  }
  if (store.version == 0 || store.thresholds[0] == 0) return "the store has no root key";
  for (const auto& [id, key] : store.keys) {
    if (store.revoked_keys.contains(id)) return fmt::format("key {} is both trusted and revoked", to_hex(id));
  }
  return std::nullopt;
}

TrustStore store_of_keys(const std::vector<PublicKey>& keys) {
  constexpr std::uint32_t kAllButRoot = PM_ROLES_ALL & ~static_cast<std::uint32_t>(PM_ROLE_ROOT);
  TrustStore store;
  store.version = 0;
  store.thresholds = {0, 1, 1, 1, 1};
  for (const auto& key : keys) store.keys.emplace(key.id, TrustedKey{key, kAllButRoot, {}});
  return store;
}

std::optional<pm_role> role_of(const std::string& name) {
  for (std::size_t i = 0; i < PM_ROLE_COUNT; ++i) {
    if (name == kRoleNames[i]) return static_cast<pm_role>(1U << i);
  }
  return std::nullopt;
}

std::string role_names(std::uint32_t roles) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < PM_ROLE_COUNT; ++i) {
    if ((roles >> i & 1) != 0) names.emplace_back(kRoleNames[i]);
  }
  return fmt::format("{}", fmt::join(names, " "));
}

pm_role role_for(pm_kind kind) {
  if (kind == PM_KIND_BUNDLE) return PM_ROLE_BUNDLE;
  return kind == PM_KIND_DATA ? PM_ROLE_CONFIGURATION : PM_ROLE_PROGRAM;
}

std::optional<std::string> objection(const TrustStore& store, const PublicKey& key, pm_role role,
                                     const std::vector<std::string>& boards, std::uint32_t security_version) {
  const std::string id = to_hex(key.id);
  if (store.revoked_keys.contains(key.id)) return fmt::format("key {} is revoked", id);
  const auto found = store.keys.find(key.id);
  if (found == store.keys.end()) return fmt::format("key {} is not in the trust store", id);
  const TrustedKey& trusted = found->second;
  if ((trusted.roles & role) == 0)
    return fmt::format("key {} may not sign this (expected the role {}, found {})", id, role_names(role),
                       role_names(trusted.roles));
  for (const auto& board : boards) {
    if (!trusted.boards.empty() && !trusted.boards.contains(board))
      return fmt::format("key {} may not sign for {} (expected {})", id,
                         board == PM_ANY_BOARD ? "every board" : "board " + board, fmt::join(trusted.boards, " or "));
    const auto minimum = store.boards.find(board);
    if (minimum != store.boards.end() && security_version < minimum->second)
      return fmt::format("board {} refuses this security version (expected at least {}, found {})", board,
                         minimum->second, security_version);
  }
  return std::nullopt;
}

}  // namespace proofmark::sign
