// SPDX-License-Identifier: Apache-2.0
//
// sign: the gate first, then the mark. With --allow-unproven the objections of the gate become warnings and the mark says
// that nothing was proved.
#include <memory>

#include <fmt/format.h>

#include "sign_options.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

// What the mark says was decided when it was struck; here only a signature is added to it.
Result<void> add(const SignOptions& options, const std::vector<std::unique_ptr<Signer>>& keys) {
  if (!options.trust.store.empty()) {
    const auto file = InputFile::open(options.detached ? options.input + PM_DETACHED_SUFFIX : options.input);
    if (!file) return tl::unexpected(file.error());
    const auto view = view_mark(*file);
    if (!view) return tl::unexpected(view.error());
    const Subject& subject = view->manifest.subject;
    const Signing signing{options.input, subject.kind, subject.boards, view->manifest.security_version};
    const auto revoked = check_may_sign(options.trust, signing, keys);
    if (!revoked) return tl::unexpected(revoked.error());
    if (auto ok = refuse_revoked(options.input, view->manifest.content.digest, *revoked); !ok) return ok;
  }
  AddRequest request;
  request.output = options.output;
  request.detached = options.detached;
  request.allow_unproven = options.allow_unproven;
  for (const auto& key : keys) request.keys.push_back(key.get());
  const auto done = add_signatures(options.input, request);
  if (!done) return tl::unexpected(done.error());
  warn_dropped(options.output, done->dropped);
  fmt::print("{}: signature added, content sha256:{}\n", options.output, to_hex(done->content_digest));
  return {};
}

Result<void> sign(const SignOptions& options) {
  if (auto ok = check_signature_count(options); !ok) return ok;
  const auto keys = open_signers(options.keys, options.key_options);
  if (!keys) return tl::unexpected(keys.error());
  if (options.add) return add(options, *keys);
  auto prepared = prepare(options, *keys);
  if (!prepared) return tl::unexpected(prepared.error());
  SignRequest& request = prepared->request;
  request.output = options.output;

  const auto done = sign_file(prepared->candidate, request);
  if (!done) return tl::unexpected(done.error());
  warn_dropped(options.output, done->dropped);
  fmt::print("{}: signed, {}, content sha256:{}\n", options.output,
             request.proof.status == PM_PROVEN ? "proven" : "UNPROVEN", to_hex(done->content_digest));
  return {};
}

// Signing what is signed.
void declare_repetition(CLI::App& command, SignOptions& options) {
  command.add_flag("--script", options.script, "a script: `proofmark-exec` may have it executed by its interpreter")
      ->excludes(command.get_option("--data"))
      ->excludes(command.get_option("--dependencies"));
  auto* replace =
      command.add_flag("--replace", options.replace, "strike a new mark in the place of the one that IN carries");
  replace->excludes(command.get_option("--detached"));
  command.add_option("--reserve", options.reserve,
                     "RSA or ECDSA signatures for which the mark keeps room, for --add (default 0)");
  auto* add =
      command.add_flag("--add", options.add,
                       "add a signature to the mark that IN carries and change nothing else; with --detached, to "
                       "IN.proofmark");
  for (const char* fixed : {"--replace", "--board", "--evidence", "--debug", "--configuration", "--runtime",
                            "--dependencies", "--security-version", "--name", "--reserve", "--data", "--script"})
    add->excludes(command.get_option(fixed));
}

}  // namespace

void declare_sign(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<SignOptions>();
  command.add_option("IN", options->input, "file to sign: ELF, or anything else")->required();
  command.add_option("-o,--output", options->output, "file to write; may be IN")->required();
  command.add_option("--key", options->keys, "PEM file, pkcs11: URI or exec:PROGRAM; up to four, one signature each")
      ->required()
      ->allow_extra_args(false);
  declare_sign_options(command, *options);
  declare_repetition(command, *options);
  command.callback([options, &exit_code] {
    if (const auto done = sign(*options); !done) exit_code = report(done.error());
  });
}

}  // namespace proofmark::sign::tool
