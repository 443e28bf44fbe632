// SPDX-License-Identifier: Apache-2.0
//
// pubkey: what a verifier needs of a key, as PEM for hosts or as a source file for devices.
#include <memory>
#include <set>

#include <fmt/format.h>

#include "proofmark/sign/files.h"
#include "proofmark/sign/keys.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  std::vector<std::string> keys;
  std::string output, passphrase_file, format = "pem";
};

Result<std::string> render(const Options& options) {
  auto passphrase = read_passphrase(options.passphrase_file);
  if (!passphrase) return passphrase;
  std::vector<PublicKey> keys;
  std::set<Digest> seen;
  for (const auto& file : options.keys) {
    auto key = PublicKey::load(file, *passphrase);
    if (!key) return tl::unexpected(key.error());
    if (!seen.insert(key->id).second) return usage(file, "the same key is named twice");
    keys.push_back(std::move(*key));
  }
  if (options.format == "cpp") return trust_source(keys);
  if (keys.size() != 1)
    return usage("", fmt::format("a PEM file holds one key (expected 1, found {})", keys.size()),
                 "--format cpp takes several");
  return keys.front().to_pem();
}

Result<void> pubkey(const Options& options) {
  constexpr mode_t kReadable = 0644;
  auto text = render(options);
  if (!text) return tl::unexpected(text.error());
  return write_file(options.output, *text, kReadable, /*replace=*/true);
}

}  // namespace

void declare_pubkey(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("KEY", options->keys, "private or public key in PEM; several with --format cpp")->required();
  command.add_option("-o,--output", options->output, "file to write")->required();
  command.add_option("--format", options->format, "pem (default), or cpp: a source file that defines pm_trust_keys")
      ->check(CLI::IsMember({"pem", "cpp"}).description(""));
  command.add_option("--passphrase-file", options->passphrase_file, "file whose first line opens an encrypted key");
  command.callback([options, &exit_code] {
    if (const auto done = pubkey(*options); !done) exit_code = report(done.error());
  });
}

}  // namespace proofmark::sign::tool
