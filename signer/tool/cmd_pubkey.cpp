// SPDX-License-Identifier: Apache-2.0
//
// pubkey: what a verifier needs of a key, as PEM for hosts or as a source file for devices.
#include <memory>
#include <set>

#include <fmt/format.h>

#include "key_options.h"
#include "proofmark/sign/files.h"
#include "proofmark/sign/trust_store.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  std::vector<std::string> keys;
  KeyOptions key_options;
  std::string output, format = "pem";
};

Result<std::string> render(const Options& options) {
  const KeyAccess access = key_access(options.key_options);
  std::vector<PublicKey> keys;
  std::set<Digest> seen;
  for (const auto& file : options.keys) {
    auto key = open_public_key(file, access);
    if (!key) return tl::unexpected(key.error());
    if (!seen.insert(key->id).second) return usage(file, "the same key is named twice");
    keys.push_back(std::move(*key));
  }
  if (options.format == "cpp") return trust_source(store_of_keys(keys), "proofmark pubkey --format cpp");
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
  command.add_option("KEY", options->keys, "as for keyinfo, or a raw HSS-LMS public key; several with --format cpp")
      ->required();
  command.add_option("-o,--output", options->output, "file to write")->required();
  command.add_option("--format", options->format, "pem (default), or cpp: a source file that defines pm_trust_keys")
      ->check(CLI::IsMember({"pem", "cpp"}).description(""));
  add_key_options(command, options->key_options, false);
  command.callback([options, &exit_code] {
    if (const auto done = pubkey(*options); !done) exit_code = report(done.error());
  });
}

}  // namespace proofmark::sign::tool
