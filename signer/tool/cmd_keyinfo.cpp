// SPDX-License-Identifier: Apache-2.0
//
// keyinfo: algorithm, size, id and purpose of a key.
#include <memory>

#include <fmt/format.h>

#include "key_options.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  std::string key;
  KeyOptions key_options;
};

Result<void> keyinfo(const Options& options) {
  const auto key = open_public_key(options.key, key_access(options.key_options));
  if (!key) return tl::unexpected(key.error());
  fmt::print("algorithm  {}\nbits       {}\nkey id     {}\npurpose    {}\n", algorithm_name(key->algorithm), key->bits,
             to_hex(key->id), key->test ? "test only, never trust in production" : "signing");
  return {};
}

}  // namespace

void declare_keyinfo(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("KEY", options->key, "private key, public key or certificate in PEM, pkcs11: URI or exec:PROGRAM")
      ->required();
  add_key_options(command, options->key_options, false);
  command.callback([options, &exit_code] {
    if (const auto done = keyinfo(*options); !done) exit_code = report(done.error());
  });
}

}  // namespace proofmark::sign::tool
