// SPDX-License-Identifier: Apache-2.0
//
// Trust stores as files: read, signed, and put before the verifier.
#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "proofmark/sign/files.h"
#include "proofmark/sign/trust_store.h"

namespace proofmark::sign {
namespace {

void put_name(pm_trust_board& board, const std::string& name) {
  std::copy(name.begin(), name.end(), board.name);
}

pm_digest digest_of(const Digest& digest) {
  pm_digest out{};
  std::copy(digest.begin(), digest.end(), out.bytes);
  return out;
}

// The device's own decision, on the file as it is.
Result<void> ask_verifier(const TrustStore& trusted, const std::filesystem::path& path) {
  const auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  const TrustTables tables(trusted);
  const VerifierInput input(file->fd());
  const auto scratch = std::make_unique<pm_scratch>();
  const auto store = std::make_unique<pm_trust_store>();
  const pm_verdict verdict =
      pm_trust_store_open(input.io(), &tables.set(), PM_TRUST_ALLOW_TEST_KEYS, scratch.get(), store.get());
  if (verdict == PM_ACCEPTED) return {};
  const bool is_no = pm_verdict_exit_code(verdict) == static_cast<int>(Outcome::kRefused);
  std::string what =
      fmt::format("{}{}: {}", is_no ? "NOT TRUSTED: " : "", static_cast<unsigned>(verdict), pm_verdict_text(verdict));
  return is_no ? refused(path.string(), std::move(what)) : unknown(path.string(), std::move(what));
}

}  // namespace

TrustTables::TrustTables(const TrustStore& store) {
  std::map<std::string, std::uint32_t> bits;
  for (const auto& [name, minimum] : store.boards) {
    bits.emplace(name, 1U << boards_.size());
    pm_trust_board board{};
    put_name(board, name);
    board.minimum_security_version = minimum;
    boards_.push_back(board);
  }
  for (const auto& [id, trusted] : store.keys) {
    pm_trust_key key = trusted.key.to_trust();
    key.roles = trusted.roles;
    if (!trusted.boards.empty()) key.flags &= ~static_cast<std::uint32_t>(PM_TRUST_KEY_ANY_BOARD);
    for (const auto& board : trusted.boards) key.boards |= bits[board];
    keys_.push_back(key);
  }
  for (const auto& id : store.revoked_keys) revoked_keys_.push_back(digest_of(id));
  for (const auto& content : store.revoked_contents) revoked_contents_.push_back(digest_of(content));
  set_.version = store.version;
  set_.keys = keys_.data();
  set_.key_count = static_cast<std::uint32_t>(keys_.size());
  set_.boards = boards_.data();
  set_.board_count = static_cast<std::uint32_t>(boards_.size());
  set_.revoked_keys = revoked_keys_.data();
  set_.revoked_key_count = static_cast<std::uint32_t>(revoked_keys_.size());
  set_.revoked_contents = revoked_contents_.data();
  set_.revoked_content_count = static_cast<std::uint32_t>(revoked_contents_.size());
  std::copy(store.thresholds.begin(), store.thresholds.end(), set_.thresholds);
}

Result<bool> looks_like_trust_file(const std::filesystem::path& path) {
  const auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  // Tag, array of four, and the protected header up to the end of the content type.
  constexpr std::size_t kHeadSize = 64;
  const auto head = file->read(0, static_cast<std::size_t>(std::min<std::uint64_t>(file->size(), kHeadSize)));
  if (!head) return tl::unexpected(head.error());
  const std::string text(head->begin(), head->end());
  return text.starts_with("\xd8\x62\x84") && text.find(PM_TRUST_CONTENT_TYPE) != std::string::npos;
}

Result<TrustFile> read_trust_file(const std::filesystem::path& path) {
  const auto text = read_text(path, PM_TRUST_STORE_MAX_SIZE);
  if (!text) return tl::unexpected(text.error());
  auto message = decode_store_message({reinterpret_cast<const std::uint8_t*>(text->data()), text->size()});
  if (!message) return unknown(path.string(), message.error().what);
  auto store = decode_trust_store(message->payload);
  if (!store) return unknown(path.string(), store.error().what);
  return TrustFile{std::move(*store), std::move(message->payload), std::move(message->signatures)};
}

Bytes encode(const TrustFile& file) {
  return encode_message(file.payload, file.signatures, PM_TRUST_CONTENT_TYPE);
}

Result<void> add_signature(TrustFile& file, const Signer& signer) {
  const PublicKey& half = signer.public_key();
  auto value = signer.sign(to_be_signed(file.payload, half.algorithm, half.id, PM_TRUST_CONTENT_TYPE));
  if (!value) return tl::unexpected(value.error());
  std::erase_if(file.signatures, [&](const Signature& signature) { return signature.key_id == half.id; });
  if (file.signatures.size() == PM_TRUST_SIGNATURES_MAX)
    return refused(
        "", fmt::format("the store has as many signatures as fit ({})", static_cast<int>(PM_TRUST_SIGNATURES_MAX)));
  file.signatures.push_back({half.algorithm, half.id, std::move(*value)});
  return {};
}

Result<void> check_replacement(const TrustStore& trusted, const std::filesystem::path& path) {
  if (auto verdict = ask_verifier(trusted, path); !verdict) return verdict;
  const auto file = read_trust_file(path);
  if (!file) return tl::unexpected(file.error());
  // A device takes the version it has; two stores of one version would leave it to chance which one a fleet trusts.
  if (file->store.version > trusted.version || file->store == trusted) return {};
  return refused(path.string(),
                 fmt::format("another store of the same version (expected a version above {})", trusted.version));
}

Result<TrustFile> read_signed_trust_file(const std::filesystem::path& path) {
  auto file = read_trust_file(path);
  if (!file) return file;
  if (file->signatures.empty())
    return refused(path.string(), "is a draft that nobody has signed", "proofmark trust sign, with the root keys");
  if (auto verdict = ask_verifier(file->store, path); !verdict) return tl::unexpected(verdict.error());
  return file;
}

}  // namespace proofmark::sign
