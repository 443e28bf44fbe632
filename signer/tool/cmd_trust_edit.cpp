// SPDX-License-Identifier: Apache-2.0
//
// trust create, add-key, revoke, set: drafts. Changing a signed store makes a draft of the next version, without signatures;
// changing a draft keeps its version, so one rotation is one version however many edits it takes.
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "proofmark/sign/signing.h"
#include "trust_verb.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  std::string store, output, key;
  std::vector<std::string> roots, roles, boards, revoked_keys, contents, thresholds, minimums;
  std::uint32_t threshold = 1;
};

Result<void> write_draft(const Options& options, TrustStore store) {
  if (const auto what = defect(store))
    return refused(options.output, *what, "proofmark trust set --threshold ROLE=NUMBER changes a threshold");
  TrustFile draft;
  draft.payload = encode(store);
  draft.store = std::move(store);
  if (auto done = write_trust_file(options.output, draft); !done) return done;
  fmt::print("{}: version {}, a draft: proofmark trust sign makes it a store\n", options.output, draft.store.version);
  return {};
}

Result<TrustStore> open_draft(const Options& options) {
  auto file = read_trust_file(options.store);
  if (!file) return tl::unexpected(file.error());
  if (!file->signatures.empty()) ++file->store.version;
  if (file->store.version == 0) return refused(options.store, "no version is left above this one");
  return std::move(file->store);
}

Result<void> add_key(TrustStore& store, const std::string& path, std::uint32_t roles,
                     const std::set<std::string>& boards) {
  auto key = PublicKey::load(path);
  if (!key) return tl::unexpected(key.error());
  if (store.revoked_keys.contains(key->id)) return refused(path, "the key is revoked in this store");
  const Digest id = key->id;
  const auto [entry, added] = store.keys.try_emplace(id, TrustedKey{std::move(*key), roles, boards});
  if (!added) {
    entry->second.roles = roles;
    entry->second.boards = boards;
  }
  // What a role had no keys for has no threshold yet; what no key has any more loses it.
  std::uint32_t held = 0;
  for (const auto& [other, trusted] : store.keys) held |= trusted.roles;
  for (std::size_t role = 0; role < PM_ROLE_COUNT; ++role) {
    auto& threshold = store.thresholds[role];
    if ((held >> role & 1) == 0) threshold = 0;
    if ((held >> role & 1) != 0 && threshold == 0) threshold = 1;
  }
  return {};
}

Result<void> create(const Options& options) {
  TrustStore store;
  for (const auto& root : options.roots) {
    const std::size_t before = store.keys.size();
    if (auto done = add_key(store, root, PM_ROLE_ROOT, {}); !done) return done;
    if (store.keys.size() == before) return usage(root, "the same key is named twice");
  }
  store.thresholds[0] = options.threshold;
  return write_draft(options, std::move(store));
}

Result<void> check_board_name(const std::string& name) {
  const bool printable = std::all_of(name.begin(), name.end(), [](unsigned char c) { return c > 0x20 && c <= 0x7e; });
  if (printable && !name.empty() && name.size() <= PM_BOARD_NAME_MAX && name != PM_ANY_BOARD) return {};
  return usage("", fmt::format("\"{}\" is not a board name (1 to {} printable characters)", name,
                               static_cast<int>(PM_BOARD_NAME_MAX)));
}

Result<void> add(const Options& options) {
  auto store = open_draft(options);
  if (!store) return tl::unexpected(store.error());
  std::uint32_t roles = 0;
  for (const auto& name : options.roles) {
    const auto role = role_of(name);
    if (!role) return usage("", fmt::format("\"{}\" is not a role (expected {})", name, fmt::join(kRoleNames, ", ")));
    roles |= *role;
  }
  for (const auto& board : options.boards) {
    if (auto ok = check_board_name(board); !ok) return ok;
    store->boards.try_emplace(board, 0);
  }
  if (auto done = add_key(*store, options.key, roles, {options.boards.begin(), options.boards.end()}); !done)
    return done;
  return write_draft(options, std::move(*store));
}

// An id, or a file with the key in it.
Result<Digest> key_id_of(const std::string& text) {
  if (const auto id = read_digest(text)) return *id;
  const auto key = PublicKey::load(text);
  if (!key) return tl::unexpected(key.error());
  return key->id;
}

// A content digest, or a signed file that has it.
Result<Digest> content_of(const std::string& text) {
  if (const auto digest = read_digest(text)) return *digest;
  const auto file = InputFile::open(text);
  if (!file) return tl::unexpected(file.error());
  const auto view = view_mark(*file);
  if (!view) return tl::unexpected(view.error());
  return view->manifest.content.digest;
}

Result<void> revoke(const Options& options) {
  if (options.revoked_keys.empty() && options.contents.empty())
    return usage("", "nothing to revoke (expected --key or --content)");
  auto store = open_draft(options);
  if (!store) return tl::unexpected(store.error());
  for (const auto& text : options.revoked_keys) {
    const auto id = key_id_of(text);
    if (!id) return tl::unexpected(id.error());
    store->keys.erase(*id);
    store->revoked_keys.insert(*id);
  }
  for (const auto& text : options.contents) {
    const auto digest = content_of(text);
    if (!digest) return tl::unexpected(digest.error());
    store->revoked_contents.insert(*digest);
  }
  // The last key of a role takes the role with it; the root's threshold is nobody's to drop.
  std::uint32_t held = PM_ROLE_ROOT;
  for (const auto& [id, trusted] : store->keys) held |= trusted.roles;
  for (std::size_t role = 0; role < PM_ROLE_COUNT; ++role) {
    if ((held >> role & 1) == 0) store->thresholds[role] = 0;
  }
  return write_draft(options, std::move(*store));
}

Result<void> set(const Options& options) {
  auto store = open_draft(options);
  if (!store) return tl::unexpected(store.error());
  for (const auto& text : options.thresholds) {
    const auto given = read_assignment(text, PM_SIGNATURES_MAX);
    if (!given) return tl::unexpected(given.error());
    const auto role = role_of(given->first);
    if (!role)
      return usage("", fmt::format("\"{}\" is not a role (expected {})", given->first, fmt::join(kRoleNames, ", ")));
    for (std::size_t i = 0; i < PM_ROLE_COUNT; ++i) {
      if (*role == 1U << i) store->thresholds[i] = given->second;
    }
  }
  for (const auto& text : options.minimums) {
    const auto given = read_assignment(text, UINT32_MAX);
    if (!given) return tl::unexpected(given.error());
    if (auto ok = check_board_name(given->first); !ok) return ok;
    auto& minimum = store->boards[given->first];
    if (given->second < minimum)
      return refused(options.store, fmt::format("the minimum of {} only grows (expected at least {}, found {})",
                                                given->first, minimum, given->second));
    minimum = given->second;
  }
  return write_draft(options, std::move(*store));
}

void declare_edit(CLI::App& command, const std::shared_ptr<Options>& options, int& exit_code,
                  Result<void> (*work)(const Options&)) {
  command.add_option("-o,--output", options->output, "store to write; may be STORE")->required();
  command.callback([options, &exit_code, work] {
    if (const auto done = work(*options); !done) exit_code = report(done.error());
  });
}

}  // namespace

void declare_trust_create(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("--root", options->roots, "root key in PEM, public or private; may be given again")
      ->required()
      ->allow_extra_args(false);
  command.add_option("--threshold", options->threshold, "root keys that must sign (default 1)");
  declare_edit(command, options, exit_code, create);
}

void declare_trust_add_key(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("STORE", options->store, "store or draft")->required();
  command.add_option("KEY", options->key, "key in PEM; one that is in the store already gets these roles and boards")
      ->required();
  command.add_option("--role", options->roles, "root, program, bundle, configuration or recovery; may be given again")
      ->required()
      ->allow_extra_args(false);
  command
      .add_option("--board", options->boards, "board that it may sign for (default: every board); may be given again")
      ->allow_extra_args(false);
  declare_edit(command, options, exit_code, add);
}

void declare_trust_revoke(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("STORE", options->store, "store or draft")->required();
  command.add_option("--key", options->revoked_keys, "key id, or a file with the key; may be given again")
      ->allow_extra_args(false);
  command.add_option("--content", options->contents, "content digest, or a signed file; may be given again")
      ->allow_extra_args(false);
  declare_edit(command, options, exit_code, revoke);
}

void declare_trust_set(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("STORE", options->store, "store or draft")->required();
  command.add_option("--threshold", options->thresholds, "ROLE=NUMBER of keys that must sign; may be given again")
      ->allow_extra_args(false);
  command.add_option("--minimum", options->minimums, "BOARD=NUMBER, its lowest security version; may be given again")
      ->allow_extra_args(false);
  declare_edit(command, options, exit_code, set);
}

}  // namespace proofmark::sign::tool
