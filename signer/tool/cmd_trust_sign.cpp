// SPDX-License-Identifier: Apache-2.0
//
// trust sign and trust show. Signing says how far a store is from being accepted: by its own roots, and by those of the
// store that it follows.
#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "key_options.h"
#include "trust_verb.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  std::string store, output, previous, format = "text";
  std::vector<std::string> keys;
  KeyOptions key_options;
};

bool is_root(const TrustStore& store, const Digest& id) {
  const auto found = store.keys.find(id);
  return found != store.keys.end() && (found->second.roles & PM_ROLE_ROOT) != 0;
}

std::size_t root_signatures(const TrustFile& file, const TrustStore& roots) {
  return static_cast<std::size_t>(
      std::count_if(file.signatures.begin(), file.signatures.end(),
                    [&](const auto& signature) { return is_root(roots, signature.key_id); }));
}

std::string progress(const TrustFile& file, const TrustStore& roots) {
  return fmt::format("{} of {}", root_signatures(file, roots), roots.thresholds[0]);
}

Result<void> sign(const Options& options) {
  auto file = read_trust_file(options.store);
  if (!file) return tl::unexpected(file.error());
  std::optional<TrustFile> previous;
  if (!options.previous.empty()) {
    auto read = read_signed_trust_file(options.previous);
    if (!read) return tl::unexpected(read.error());
    previous = std::move(*read);
    if (file->store.version <= previous->store.version)
      return refused(options.store, fmt::format("the version does not grow (expected above {}, found {})",
                                                previous->store.version, file->store.version));
  }
  const auto signers = open_signers(options.keys, options.key_options);
  if (!signers) return tl::unexpected(signers.error());
  for (const auto& signer : *signers) {
    const Digest& id = signer->public_key().id;
    const bool old_root = previous && is_root(previous->store, id);
    if (!old_root && !is_root(file->store, id))
      return refused(
          options.store,
          fmt::format("key {} is no root key of this store{}", to_hex(id), previous ? " nor of the previous one" : ""),
          "--previous OLD names the store whose roots hand over");
    if (auto done = add_signature(*file, *signer); !done) return done;
  }
  if (auto done = write_trust_file(options.output, *file); !done) return done;
  fmt::print("{}: version {}, signed by {} of its own roots{}\n", options.output, file->store.version,
             progress(*file, file->store),
             previous ? fmt::format(" and {} of the previous ones", progress(*file, previous->store)) : "");
  return {};
}

std::string show_text(const TrustFile& file) {
  const TrustStore& store = file.store;
  std::string text = fmt::format("version          {}\nsignatures       {}, {} of its own roots (not checked here)\n",
                                 store.version, file.signatures.size(), progress(file, store));
  for (std::size_t role = 0; role < PM_ROLE_COUNT; ++role) {
    if (store.thresholds[role] != 0)
      text += fmt::format("threshold        {} {}\n", kRoleNames[role], store.thresholds[role]);
  }
  for (const auto& [id, key] : store.keys)
    text += fmt::format("key              {} {} {}: {}, {}{}\n", to_hex(id), algorithm_name(key.key.algorithm),
                        key.key.bits, role_names(key.roles),
                        key.boards.empty() ? "every board" : fmt::format("{}", fmt::join(key.boards, " ")),
                        key.key.test ? ", TEST KEY" : "");
  for (const auto& [name, minimum] : store.boards)
    text += fmt::format("board            {}: security version {} and above\n", name, minimum);
  for (const auto& id : store.revoked_keys) text += fmt::format("revoked key      {}\n", to_hex(id));
  for (const auto& digest : store.revoked_contents) text += fmt::format("revoked content  {}\n", to_hex(digest));
  for (const auto& signature : file.signatures)
    text +=
        fmt::format("signature        {} by key {}\n", algorithm_name(signature.algorithm), to_hex(signature.key_id));
  return text;
}

std::string show_json(const TrustFile& file) {
  using nlohmann::json;
  const TrustStore& store = file.store;
  json out = {{"version", store.version},    {"signature_checked", false},    {"keys", json::array()},
              {"boards", json::object()},    {"revoked_keys", json::array()}, {"revoked_contents", json::array()},
              {"signatures", json::array()}, {"thresholds", json::object()}};
  for (std::size_t role = 0; role < PM_ROLE_COUNT; ++role) out["thresholds"][kRoleNames[role]] = store.thresholds[role];
  for (const auto& [id, key] : store.keys) {
    json roles = json::array();
    for (std::size_t role = 0; role < PM_ROLE_COUNT; ++role) {
      if ((key.roles >> role & 1) != 0) roles.push_back(kRoleNames[role]);
    }
    json boards = key.boards.empty() ? json(PM_ANY_BOARD) : json(key.boards);
    out["keys"].push_back({{"key_id", to_hex(id)},
                           {"algorithm", algorithm_name(key.key.algorithm)},
                           {"bits", key.key.bits},
                           {"roles", roles},
                           {"boards", boards},
                           {"test", key.key.test}});
  }
  for (const auto& [name, minimum] : store.boards) out["boards"][name] = {{"minimum_security_version", minimum}};
  for (const auto& id : store.revoked_keys) out["revoked_keys"].push_back(to_hex(id));
  for (const auto& digest : store.revoked_contents) out["revoked_contents"].push_back(to_hex(digest));
  for (const auto& signature : file.signatures)
    out["signatures"].push_back(
        {{"algorithm", algorithm_name(signature.algorithm)}, {"key_id", to_hex(signature.key_id)}});
  return out.dump(2) + "\n";
}

// One part per line, as `proofmark info --format hex` prints those of a mark.
std::string show_hex(const TrustFile& file) {
  std::string text = fmt::format("payload {}\n", to_hex(file.payload));
  for (const auto& signature : file.signatures) {
    const Bytes structure = to_be_signed(file.payload, signature.algorithm, signature.key_id, PM_TRUST_CONTENT_TYPE);
    text += fmt::format("algorithm {}\nkey-id {}\nto-be-signed {}\nsignature {}\n", algorithm_name(signature.algorithm),
                        to_hex(signature.key_id), to_hex(structure), to_hex(signature.value));
  }
  return text;
}

Result<void> show(const Options& options) {
  const auto file = read_trust_file(options.store);
  if (!file) return tl::unexpected(file.error());
  fmt::print("{}", options.format == "json"  ? show_json(*file)
                   : options.format == "hex" ? show_hex(*file)
                                             : show_text(*file));
  return {};
}

}  // namespace

void declare_trust_sign(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("STORE", options->store, "store or draft")->required();
  command.add_option("--key", options->keys, "root key: PEM file, pkcs11: URI or exec:PROGRAM; up to four at once")
      ->required()
      ->allow_extra_args(false);
  command.add_option("--previous", options->previous, "store that this one follows: its roots may sign, too");
  command.add_option("-o,--output", options->output, "store to write; may be STORE")->required();
  add_key_options(command, options->key_options, true);
  command.callback([options, &exit_code] {
    if (const auto done = sign(*options); !done) exit_code = report(done.error());
  });
}

void declare_trust_show(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("STORE", options->store, "store or draft")->required();
  command
      .add_option("--format", options->format,
                  "text (default), json, or hex: the parts that are signed, for other tools")
      ->check(CLI::IsMember({"text", "json", "hex"}).description(""));
  command.callback([options, &exit_code] {
    if (const auto done = show(*options); !done) exit_code = report(done.error());
  });
}

}  // namespace proofmark::sign::tool
