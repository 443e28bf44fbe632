// SPDX-License-Identifier: Apache-2.0
//
// verify: one line per file, with the number of the refusal (docs/errors.md). A file without a mark of its own is checked
// against FILE.proofmark when that exists.
#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "proofmark/sign/signing.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  std::vector<std::string> trust, files;
  std::string board, debug, role;
  std::uint32_t minimum_security_version = 0, threshold = 1;
  bool allow_unproven = false;
};

Result<TrustRequest> load_trust(const Options& options) {
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

// The debug archive is the one that the mark of `path`, which was accepted, names.
Result<int> verify_debug(const std::string& path, const std::string& debug, const pm_manifest& manifest) {
  if (manifest.symbols == nullptr)
    return refused(debug, fmt::format("not bound: the mark of {} names no debug archive", path), "sign with --debug");
  std::optional<Bytes> build_id;
  if (manifest.build_id.data != nullptr)
    build_id.emplace(manifest.build_id.data, manifest.build_id.data + manifest.build_id.size);
  const auto found = debug_archive(debug, build_id);
  if (!found) return tl::unexpected(found.error());
  const ByteView expected(manifest.symbols, PM_DIGEST_SIZE);
  if (!std::equal(expected.begin(), expected.end(), found->begin()))
    return refused(debug, fmt::format("is not the debug archive that was signed (expected {}, found {})",
                                      to_hex(expected), to_hex(*found)));
  fmt::print("{}: the debug archive of {}\n", debug, path);
  return kYes;
}

Result<int> verify_file(const std::string& path, const TrustRequest& trust, const std::string& debug) {
  const auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  const auto found = find_trailer(*file);
  if (!found) return tl::unexpected(found.error());
  std::optional<InputFile> mark;
  std::error_code code;
  if (const std::string beside = path + PM_DETACHED_SUFFIX;
      found->ending == Ending::kNoMark && std::filesystem::exists(beside, code)) {
    auto opened = InputFile::open(beside);
    if (!opened) return tl::unexpected(opened.error());
    mark = std::move(*opened);
  }
  Verification check;
  check.run(file->fd(), mark ? mark->fd() : -1, trust);
  if (check.verdict() != PM_ACCEPTED) return print_refused(*file, check.result());
  print_accepted(path, check.result(), trust);
  if (debug.empty()) return kYes;
  return verify_debug(path, debug, check.result().manifest);
}

int verify(const Options& options) {
  if (!options.debug.empty() && options.files.size() != 1)
    return report(
        usage("", fmt::format("--debug belongs to one file (expected 1, found {})", options.files.size())).value());
  const auto trust = load_trust(options);
  if (!trust) return report(trust.error());
  int worst = kYes;
  for (const auto& path : options.files) {
    const auto code = verify_file(path, *trust, options.debug);
    // A clear no outweighs a file that could not be read.
    const int exit_code = code ? *code : report(code.error());
    worst = worst == kNo || exit_code == kNo ? kNo : std::max(worst, exit_code);
  }
  return worst;
}

}  // namespace

void declare_verify(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("FILE", options->files, "files to check")->required();
  command.add_option("--trust", options->trust, "trust store, or public key in PEM; keys may be given again")
      ->required()
      ->allow_extra_args(false);
  command.add_option("--board", options->board, "board that the mark must be for (default: any)");
  command
      .add_option("--role", options->role,
                  "role in which the keys must have signed, with a store (default: by the kind of file)")
      ->check(CLI::IsMember({"program", "bundle", "configuration", "recovery"}).description(""));
  command.add_option("--min-security-version", options->minimum_security_version,
                     "lowest security version that is accepted (default 0)");
  command.add_option("--threshold", options->threshold, "trusted keys that must have signed (default 1)");
  command.add_option("--debug", options->debug, "debug archive of FILE, which must be the one that the mark names");
  command.add_flag("--allow-unproven", options->allow_unproven, "accept marks that say that nothing was proved");
  command.callback([options, &exit_code] { exit_code = verify(*options); });
}

}  // namespace proofmark::sign::tool
