// SPDX-License-Identifier: Apache-2.0
//
// configure: a configuration becomes read-only data. Writes the source, its header, and the binding that `sign
// --configuration` compares with the program.
#include <memory>

#include <fmt/format.h>

#include "proofmark/sign/configuration.h"
#include "proofmark/sign/files.h"
#include "trust_verb.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  ConfigureRequest request;
  std::string input, output, header, binding, certificate;
};

Result<void> configure(const Options& options) {
  constexpr mode_t kReadable = 0644;
  ConfigureRequest request = options.request;
  request.file = options.input;
  if (!options.certificate.empty()) {
    request.tls_certificate = read_digest(options.certificate);
    if (!request.tls_certificate)
      return usage("",
                   fmt::format("\"{}\" is not the hash of a certificate (expected sha256: and 64 hex digits)",
                               options.certificate),
                   "openssl x509 -in CERT.pem -outform DER | sha256sum");
  }
  const auto configuration = read_configuration(request);
  if (!configuration) return tl::unexpected(configuration.error());
  const std::filesystem::path source = options.output;
  const std::filesystem::path header = options.header.empty() ? std::filesystem::path(source).replace_extension(".h")
                                                              : std::filesystem::path(options.header);
  const std::filesystem::path binding = options.binding.empty()
                                            ? std::filesystem::path(source).replace_extension(".binding.json")
                                            : std::filesystem::path(options.binding);
  if (header == source)
    return usage(options.output, "the source and its header are one file", "end the source in .c or .cpp");
  const ConfigurationBinding bound{digest(*configuration), configuration->tls_certificate};
  if (auto done = write_file(header, configuration_header(*configuration), kReadable, /*replace=*/true); !done)
    return done;
  if (auto done = write_file(source, configuration_source(*configuration, header.filename().string()), kReadable, true);
      !done)
    return done;
  if (auto done = write_file(binding, to_json(bound, configuration->environment), kReadable, true); !done) return done;
  fmt::print("{}: configuration sha256:{}{}\n", options.output, to_hex(bound.configuration),
             bound.tls_certificate ? ", certificate sha256:" + to_hex(*bound.tls_certificate) : "");
  return {};
}

}  // namespace

void declare_configure(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("CONFIG", options->input, "configuration in JSON, with its schema")->required();
  command.add_option("-o,--output", options->output, "source to write, C and C++; the header stands beside it")
      ->required();
  command.add_option("--env", options->request.environment, "environment whose values go over the others");
  command.add_option("--cert-hash", options->certificate,
                     "sha256: of the TLS certificate, DER, that the program presents");
  command.add_option("--set", options->request.given, "KEY=VALUE, over everything else; may be given again")
      ->allow_extra_args(false);
  command.add_option("--header", options->header, "header to write (default: the source's name with .h)");
  command.add_option("--binding", options->binding,
                     "binding to write, for sign --configuration (default: .binding.json)");
  command.callback([options, &exit_code] {
    if (const auto done = configure(*options); !done) exit_code = report(done.error());
  });
}

}  // namespace proofmark::sign::tool
