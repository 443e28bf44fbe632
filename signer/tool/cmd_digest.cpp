// SPDX-License-Identifier: Apache-2.0
//
// digest: the fs-verity digest of a file, which is what `fsverity digest` prints, and the content digest of its mark. For
// a file without a mark the content digest is the one of a detached mark or of a file that gets no section; where signing
// adds a section, the section is covered too and the digest is only known once the size of the mark is.
//
// With --key it is the first of two steps of signing (docs/keys.md): it asks the gate as sign does, and writes down what the
// keys have to sign.
#include <memory>

#include <fmt/format.h>

#include "proofmark/sign/request.h"
#include "sign_options.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

Result<int> digest(const std::string& path) {
  const auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  const auto found = find_trailer(*file);
  if (!found) return tl::unexpected(found.error());
  const bool marked = found->ending == Ending::kMark;
  const auto content = fs_verity(*file, marked ? found->trailer.covered : file->size());
  const auto whole = marked ? fs_verity(*file, file->size()) : content;
  if (!content) return tl::unexpected(content.error());
  if (!whole) return tl::unexpected(whole.error());
  fmt::print("content   sha256:{} {}\nfs-verity sha256:{} {}\n", to_hex(*content), path, to_hex(*whole), path);
  if (!marked) return kYes;

  const auto view = view_mark(*file);
  if (!view) return tl::unexpected(view.error());
  const Digest& signed_digest = view->manifest.content.digest;
  if (signed_digest == *content) return kYes;
  return refused(path, fmt::format("changed after signing (expected content {}, found {})", to_hex(signed_digest),
                                   to_hex(*content)));
}

constexpr mode_t kReadable = 0644;

// The request, and beside it the bytes of each key, as an HSM takes them.
Result<void> write_request(const SignOptions& options) {
  if (auto ok = check_signature_count(options); !ok) return ok;
  std::vector<std::unique_ptr<Signer>> keys;
  for (const auto& name : options.keys) {
    auto key = open_public_key(name, key_access(options.key_options));
    if (!key) return tl::unexpected(key.error());
    for (const auto& other : keys)
      if (other->public_key().id == key->id) return usage(name, "the same key is named twice");
    keys.push_back(public_only(std::move(*key)));
  }
  auto prepared = prepare(options, keys);
  if (!prepared) return tl::unexpected(prepared.error());
  const auto request = make_request(prepared->candidate, prepared->request, options.as_data);
  if (!request) return tl::unexpected(request.error());

  const std::string output = options.output.empty() ? options.input + kRequestSuffix : options.output;
  if (auto done = write_file(output, request->to_json(), kReadable, /*replace=*/true); !done) return done;
  fmt::print("{}: to be signed, {}, content sha256:{}\n", output,
             request->manifest.proof.status == PM_PROVEN ? "proven" : "UNPROVEN",
             to_hex(request->manifest.content.digest));
  constexpr std::size_t kShortId = 16;
  for (const auto& key : request->keys) {
    const Bytes message = request->to_be_signed(key);
    const std::string path = fmt::format("{}.{}", output, to_hex(key.id).substr(0, kShortId));
    if (auto done = write_file(path, {reinterpret_cast<const char*>(message.data()), message.size()}, kReadable, true);
        !done)
      return done;
    fmt::print("{}: for {} {}{}\n", path, algorithm_name(key.algorithm), to_hex(key.id), key.test ? " (TEST KEY)" : "");
  }
  return {};
}

}  // namespace

void declare_digest(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<SignOptions>();
  command.add_option("IN", options->input, "file, signed or not")->required();
  auto* key =
      command
          .add_option("--key", options->keys,
                      "write what this key has to sign: public key in PEM, pkcs11: URI or exec:PROGRAM; up to four")
          ->allow_extra_args(false);
  command.add_option("-o,--output", options->output, "with --key: request to write (default IN.request)")->needs(key);
  declare_sign_options(command, *options);
  command.add_option("--reserve", options->reserve, "signatures for which the mark keeps room (default 0)")->needs(key);
  command.callback([options, &exit_code] {
    if (!options->keys.empty()) {
      if (const auto done = write_request(*options); !done) exit_code = report(done.error());
      return;
    }
    const auto done = digest(options->input);
    exit_code = done ? *done : report(done.error());
  });
}

}  // namespace proofmark::sign::tool
