// SPDX-License-Identifier: Apache-2.0
//
// companion: the policy for a mechanism of the kernel that lets run what a bundle holds. The bundle is verified first: a policy
// made of a table that nobody signed would launder it.
#include <memory>

#include <fmt/format.h>

#include "key_options.h"
#include "proofmark/sign/companion.h"
#include "proofmark/sign/files.h"
#include "tree_check.h"
#include "verb.h"
#include "verifier_options.h"

namespace proofmark::sign::tool {
namespace {

constexpr mode_t kReadable = 0644;

struct Options {
  VerifierOptions trust;
  KeyOptions key_options;
  std::string bundle, output, key, signatures, dm_verity;
};

Result<TrustedBundle> open(const Options& options) {
  const auto trust = load_trust(options.trust);
  if (!trust) return tl::unexpected(trust.error());
  return open_bundle(options.bundle, *trust, false);
}

Result<int> write_ima(const Options& options) {
  if (options.key.empty() != options.signatures.empty()) return usage("", "--key and --signatures go together");
  const auto bundle = open(options);
  if (!bundle) return tl::unexpected(bundle.error());
  if (!bundle->table) return bundle->exit_code;
  if (!options.key.empty()) {
    const auto signer = open_signer(options.key, key_access(options.key_options));
    if (!signer) return tl::unexpected(signer.error());
    const auto text = ima_signatures(*bundle->table, **signer);
    if (!text) return tl::unexpected(text.error());
    if (const auto done = write_file(options.signatures, *text, kReadable, true); !done)
      return tl::unexpected(done.error());
  }
  const auto done = write_file(options.output, ima_policy(bundle->head), kReadable, true);
  if (!done) return tl::unexpected(done.error());
  return kYes;
}

Result<int> write_ipe(const Options& options) {
  std::optional<Digest> root;
  if (!options.dm_verity.empty()) {
    root = digest_from_hex(options.dm_verity);
    if (!root)
      return usage("",
                   fmt::format("--dm-verity: not a SHA-256 (expected 64 hex digits, found '{}')", options.dm_verity));
  }
  const auto bundle = open(options);
  if (!bundle) return tl::unexpected(bundle.error());
  if (!bundle->table) return bundle->exit_code;
  const auto done = write_file(options.output, ipe_policy(bundle->head, *bundle->table, root), kReadable, true);
  if (!done) return tl::unexpected(done.error());
  return kYes;
}

std::shared_ptr<Options> declare_common(CLI::App& command, int& exit_code, Result<int> (*write)(const Options&)) {
  auto options = std::make_shared<Options>();
  command.add_option("BUNDLE", options->bundle, "what `proofmark bundle` wrote")->required();
  command.add_option("-o,--output", options->output, "policy to write")->required();
  add_verifier_options(command, options->trust);
  command.callback([options, write, &exit_code] {
    const auto code = write(*options);
    exit_code = code ? *code : report(code.error());
  });
  return options;
}

}  // namespace

void declare_companion(CLI::App& command, int& exit_code) {
  command.require_subcommand(1);
  auto& ima = *command.add_subcommand("ima", "rules for IMA: measure and appraise by fs-verity digest");
  const auto options = declare_common(ima, exit_code, write_ima);
  ima.add_option("--key", options->key, "P-256 key that signs for IMA, as for sign");
  ima.add_option("--signatures", options->signatures, "its signatures, for `setfattr --restore`");
  add_key_options(ima, options->key_options, true);
  auto& ipe = *command.add_subcommand("ipe", "rules for IPE: by fs-verity digest or dm-verity root hash");
  const auto ipe_options = declare_common(ipe, exit_code, write_ipe);
  ipe.add_option("--dm-verity", ipe_options->dm_verity,
                 "root hash of the device that holds the tree, instead of its files");
}

}  // namespace proofmark::sign::tool
