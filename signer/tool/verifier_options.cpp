// SPDX-License-Identifier: Apache-2.0
//
// See verifier_options.h.
#include "verifier_options.h"

#include <algorithm>

#include <fmt/format.h>

#include "verb.h"

namespace proofmark::sign::tool {
namespace {

// A test key is trusted here because the caller named it, but it never goes unsaid.
std::string signer_names(const pm_result& result, const TrustRequest& trust) {
  constexpr std::size_t kShortId = 16;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < result.key_count; ++i) {
    const std::string id = to_hex({result.keys[i], PM_KEY_ID_SIZE});
    const bool test = std::any_of(trust.keys.begin(), trust.keys.end(),
                                  [&](const auto& key) { return key.test && to_hex(key.id) == id; });
    names.push_back(id.substr(0, kShortId) + (test ? " (TEST KEY)" : ""));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

// What only the decoded manifest can tell about a refusal.
std::string refusal_detail(const pm_result& result) {
  const pm_manifest& manifest = result.manifest;
  if (result.verdict == PM_REFUSED_CONTENT_DIGEST && result.damage.located != 0)
    return fmt::format("segment {} changed: {} bytes at {}", result.damage.segment, result.damage.length,
                       result.damage.offset);
  if (result.verdict == PM_REFUSED_CONTENT_DIGEST)
    return manifest.segment_count > 0
               ? "every segment is as signed: the change is in the headers or in a part that is not loaded"
               : "";
  if (result.verdict == PM_REFUSED_SECURITY_VERSION) return fmt::format("the mark says {}", manifest.security_version);
  if (result.verdict == PM_REFUSED_BOARD) {
    std::vector<std::string> boards;
    for (std::uint32_t i = 0; i < manifest.board_count; ++i)
      boards.emplace_back(reinterpret_cast<const char*>(manifest.boards[i].data), manifest.boards[i].size);
    return fmt::format("the mark is for {}", fmt::join(boards, ", "));
  }
  return {};
}

}  // namespace

void add_verifier_options(CLI::App& command, VerifierOptions& options) {
  command.add_option("--trust", options.trust, "trust store, or public key in PEM; keys may be given again")
      ->required()
      ->allow_extra_args(false);
  command.add_option("--board", options.board, "board that the mark must be for (default: any)");
  command
      .add_option("--role", options.role,
                  "role in which the keys must have signed, with a store (default: by the kind of file)")
      ->check(CLI::IsMember({"program", "bundle", "configuration", "recovery"}).description(""));
  command.add_option("--min-security-version", options.minimum_security_version,
                     "lowest security version that is accepted (default 0)");
  command.add_option("--threshold", options.threshold, "trusted keys that must have signed (default 1)");
  command.add_flag("--allow-unproven", options.allow_unproven, "accept marks that say that nothing was proved");
}

Result<TrustRequest> load_trust(const VerifierOptions& options) {
  TrustRequest trust;
  trust.board = options.board;
  trust.threshold = options.threshold;
  trust.minimum_security_version = options.minimum_security_version;
  trust.allow_unproven = options.allow_unproven;
  trust.role = role_of(options.role);
  for (const auto& file : options.trust) {
    const auto store = looks_like_trust_file(file);
    if (!store) return tl::unexpected(store.error());
    if (*store) {
      if (options.trust.size() != 1) return usage(file, "a trust store stands alone (expected one --trust)");
      auto read = read_signed_trust_file(file);
      if (!read) return tl::unexpected(read.error());
      for (const auto& [id, key] : read->store.keys) trust.keys.push_back(key.key);
      trust.store = std::move(read->store);
      return trust;
    }
    auto key = PublicKey::load(file);
    if (!key) return tl::unexpected(key.error());
    trust.keys.push_back(std::move(*key));
  }
  return trust;
}

void print_accepted(const std::string& path, const pm_result& result, const TrustRequest& trust) {
  fmt::print("{}: trusted: {}, {}, security version {}, {}, signed by {}\n", path,
             static_cast<const char*>(result.name), kind_name(static_cast<pm_kind>(result.manifest.kind)),
             result.security_version, result.manifest.proof_status == PM_PROVEN ? "proven" : "UNPROVEN",
             signer_names(result, trust));
}

int print_refused(const InputFile& file, const pm_result& result) {
  std::string detail = refusal_detail(result);
  if (result.verdict == PM_REFUSED_UNSIGNED || result.verdict == PM_REFUSED_UNSIGNED_SHORT) {
    if (const auto why = explain_unmarked(file); why) detail = *why;
  }
  if (const auto mark = find_trailer(file, /*detached=*/true);
      result.verdict == PM_REFUSED_COVERED_LENGTH && mark && mark->ending == Ending::kMark)
    detail = "a detached mark vouches for the file that it stands beside: verify that file";
  fmt::print("{}: NOT TRUSTED: {}: {}{}{}\n", file.path(), static_cast<unsigned>(result.verdict),
             pm_verdict_text(result.verdict), detail.empty() ? "" : "; ", detail);
  return pm_verdict_exit_code(result.verdict);
}

}  // namespace proofmark::sign::tool
