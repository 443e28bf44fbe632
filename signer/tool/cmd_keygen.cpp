// SPDX-License-Identifier: Apache-2.0
//
// keygen: a new private key, readable by its owner only. An existing file is never overwritten: a lost signing key cannot
// be made again.
#include <filesystem>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "key_options.h"
#include "proofmark/sign/files.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  std::string output;
  pm_algorithm algorithm = PM_PS256;
  unsigned rsa_bits = 3072;
  bool test = false;
  SecretOptions passphrase;
};

Result<void> keygen(const Options& options) {
  constexpr mode_t kOwnerOnly = 0600;
  if (options.algorithm == PM_HSS_LMS)
    return usage(
        "",
        "HSS-LMS keys have a state that a file cannot keep: a copy or a backup would use a leaf twice, which "
        "breaks the key",
        "make the key where the state is kept, in an HSM or its program; sign with exec:PROGRAM, --key-program "
        "or digest and attach");
  if (options.algorithm != PM_PS256 && options.rsa_bits != 3072) return usage("", "--bits is for ps256 only");
  std::error_code code;
  if (std::filesystem::exists(options.output, code))
    return unknown(options.output, "exists already and is not overwritten", "choose another name, or remove it first");
  const auto passphrase = is_given(options.passphrase)
                              ? read_new_secret(options.passphrase, "passphrase of " + options.output)
                              : Result<std::string>(std::string());
  if (!passphrase) return tl::unexpected(passphrase.error());
  auto key = PrivateKey::generate(options.algorithm, options.test, options.rsa_bits);
  if (!key) return tl::unexpected(key.error());
  auto pem = key->to_pem(*passphrase);
  if (!pem) return tl::unexpected(pem.error());
  if (auto done = write_file(options.output, *pem, kOwnerOnly, /*replace=*/false); !done) return done;
  fmt::print("{}: {} {} key {}{}\n", options.output, algorithm_name(options.algorithm), key->public_key().bits,
             to_hex(key->public_key().id), options.test ? " (TEST KEY)" : "");
  return {};
}

}  // namespace

void declare_keygen(CLI::App& command, int& exit_code) {
  static const std::map<std::string, pm_algorithm> kAlgorithms = {
      {"ps256", PM_PS256}, {"es256", PM_ES256}, {"es384", PM_ES384}, {"hss-lms", PM_HSS_LMS}};
  auto options = std::make_shared<Options>();
  command.add_option("-o,--output", options->output, "file to write (PEM, PKCS#8, mode 0600)")->required();
  command.add_option("--alg", options->algorithm, "ps256 (RSA-3072, default), es256 (P-256) or es384 (P-384)")
      ->transform(CLI::CheckedTransformer(kAlgorithms, CLI::ignore_case).description(""));
  command.add_option("--bits", options->rsa_bits, "for ps256: 3072 (default) or 4096")
      ->check(CLI::IsMember({3072U, 4096U}).description(""));
  add_secret_options(command, options->passphrase, "passphrase", "the new key, which is encrypted then");
  command.add_flag("--test", options->test, "mark it as a test key, which release builds of the verifier refuse");
  command.callback([options, &exit_code] {
    if (const auto done = keygen(*options); !done) exit_code = report(done.error());
  });
}

}  // namespace proofmark::sign::tool
