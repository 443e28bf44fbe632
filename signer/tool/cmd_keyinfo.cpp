// SPDX-License-Identifier: Apache-2.0
//
// keyinfo: algorithm, size, id and purpose of a key.
#include <memory>

#include <fmt/format.h>

#include "proofmark/sign/keys.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  std::string key, passphrase_file;
};

Result<void> keyinfo(const Options& options) {
  const auto passphrase = read_passphrase(options.passphrase_file);
  if (!passphrase) return tl::unexpected(passphrase.error());
  const auto key = PublicKey::load(options.key, *passphrase);
  if (!key) return tl::unexpected(key.error());
  fmt::print("algorithm  {}\nbits       {}\nkey id     {}\npurpose    {}\n", algorithm_name(key->algorithm), key->bits,
             to_hex(key->id), key->test ? "test only, never trust in production" : "signing");
  return {};
}

}  // namespace

void declare_keyinfo(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("KEY", options->key, "private or public key in PEM")->required();
  command.add_option("--passphrase-file", options->passphrase_file, "file whose first line opens an encrypted key");
  command.callback([options, &exit_code] {
    if (const auto done = keyinfo(*options); !done) exit_code = report(done.error());
  });
}

}  // namespace proofmark::sign::tool
