// SPDX-License-Identifier: Apache-2.0
//
// trust: makes, signs, shows and compares trust stores. This file has the group and the verbs that change nothing: check,
// compile, import. docs/trust.md shows them at work.
#include <memory>

#include <fmt/format.h>

#include "certificate.h"
#include "proofmark/sign/files.h"
#include "trust_verb.h"

namespace proofmark::sign::tool {
namespace {

constexpr mode_t kReadable = 0644;

struct Options {
  std::string store, output;
  std::vector<std::string> steps;
};

// Each step is trusted for the next one only.
Result<void> check(const Options& options) {
  auto trusted = read_signed_trust_file(options.store);
  if (!trusted) return tl::unexpected(trusted.error());
  for (const auto& step : options.steps) {
    if (auto done = check_replacement(trusted->store, step); !done) return done;
    auto next = read_trust_file(step);
    if (!next) return tl::unexpected(next.error());
    fmt::print("{}: may take the place of version {}: version {}\n", step, trusted->store.version, next->store.version);
    trusted = std::move(next);
  }
  return {};
}

Result<void> compile(const Options& options) {
  const auto file = read_signed_trust_file(options.store);
  if (!file) return tl::unexpected(file.error());
  return write_file(options.output, trust_source(file->store, "proofmark trust compile"), kReadable, /*replace=*/true);
}

Result<void> import(const Options& options) {
  const auto certificate = read_certificate(options.store);
  if (!certificate) return tl::unexpected(certificate.error());
  if (auto done = write_file(options.output, certificate->key.to_pem(), kReadable, /*replace=*/true); !done)
    return done;
  fmt::print(
      "key id     {}\nalgorithm  {}, {} bits\nsubject    {}\nissuer     {}\nvalid      {} to {}\nauthority  {}\n"
      "note       only the key was taken: name, validity and issuer become no trust\n",
      to_hex(certificate->key.id), algorithm_name(certificate->key.algorithm), certificate->key.bits,
      certificate->subject, certificate->issuer, certificate->valid_from, certificate->valid_to,
      certificate->authority ? "yes" : "no");
  return {};
}

template <class Work>
void run(CLI::App& command, const std::shared_ptr<Options>& options, int& exit_code, Work work) {
  command.callback([options, &exit_code, work] {
    if (const auto done = work(*options); !done) exit_code = report(done.error());
  });
}

void declare_check(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("OLD", options->store, "store that is trusted")->required();
  command.add_option("NEW", options->steps, "store that is to take its place; several are steps of a chain")
      ->required();
  run(command, options, exit_code, check);
}

void declare_compile(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("STORE", options->store, "signed store")->required();
  command.add_option("-o,--output", options->output, "source file to write, for the device programs")->required();
  run(command, options, exit_code, compile);
}

void declare_import(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("CERTIFICATE", options->store, "X.509 certificate, PEM or DER")->required();
  command.add_option("-o,--output", options->output, "public key in PEM to write")->required();
  run(command, options, exit_code, import);
}

}  // namespace

Result<void> write_trust_file(const std::string& path, const TrustFile& file) {
  const Bytes bytes = encode(file);
  if (bytes.size() > PM_TRUST_STORE_MAX_SIZE)
    return refused(path, fmt::format("the store would be too large (expected at most {} bytes, found {})",
                                     static_cast<int>(PM_TRUST_STORE_MAX_SIZE), bytes.size()));
  return write_file(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, kReadable, /*replace=*/true);
}

Result<std::pair<std::string, std::uint32_t>> read_assignment(const std::string& text, std::uint32_t most) {
  const auto equals = text.find('=');
  const std::string digits = equals == std::string::npos ? "" : text.substr(equals + 1);
  const bool number =
      !digits.empty() && digits.size() <= 10 && digits.find_first_not_of("0123456789") == std::string::npos;
  const std::uint64_t value = number ? std::stoull(digits) : UINT64_MAX;
  if (equals == 0 || value > most)
    return usage("", fmt::format("\"{}\" is not NAME=NUMBER (with a number of 0 to {})", text, most));
  return std::pair{text.substr(0, equals), static_cast<std::uint32_t>(value)};
}

std::optional<Digest> read_digest(const std::string& text) {
  constexpr std::string_view kPrefix = "sha256:";
  return digest_from_hex(text.starts_with(kPrefix) ? text.substr(kPrefix.size()) : text);
}

void declare_trust(CLI::App& command, int& exit_code) {
  command.require_subcommand(1);
  const auto add = [&](const char* name, const char* summary, void (*declare)(CLI::App&, int&)) {
    declare(*command.add_subcommand(name, summary), exit_code);
  };
  add("create", "make the first store, of root keys", declare_trust_create);
  add("add-key", "trust a key, in roles and for boards", declare_trust_add_key);
  add("revoke", "take a key or one signed file back", declare_trust_revoke);
  add("set", "change thresholds and minimum security versions", declare_trust_set);
  add("sign", "sign a store with root keys", declare_trust_sign);
  add("show", "say what a store trusts", declare_trust_show);
  add("check", "decide whether one store may take the place of another", declare_check);
  add("compile", "write a store as the source that device programs compile in", declare_compile);
  add("import", "take the public key out of a certificate", declare_import);
}

}  // namespace proofmark::sign::tool
