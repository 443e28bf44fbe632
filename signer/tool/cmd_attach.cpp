// SPDX-License-Identifier: Apache-2.0
//
// attach: the second step of signing, for signatures that were made where `digest --key` could not go.
#include <memory>

#include <fmt/format.h>

#include "proofmark/sign/request.h"
#include "sign_options.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  std::string input, request, output;
  std::vector<std::string> signatures;
};

Result<void> attach(const Options& options) {
  const auto request = SigningRequest::load(options.request.empty() ? options.input + kRequestSuffix : options.request);
  if (!request) return tl::unexpected(request.error());
  const auto candidate = open_candidate(options.input, request->as_data);
  if (!candidate) return tl::unexpected(candidate.error());
  const auto done =
      sign::attach(*candidate, *request, {options.signatures.begin(), options.signatures.end()}, options.output);
  if (!done) return tl::unexpected(done.error());
  warn_dropped(options.output, done->dropped);
  fmt::print("{}: signed, {}, content sha256:{}\n", options.output,
             request->manifest.proof.status == PM_PROVEN ? "proven" : "UNPROVEN", to_hex(done->content_digest));
  return {};
}

}  // namespace

void declare_attach(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("IN", options->input, "file that digest was given")->required();
  command.add_option("SIG", options->signatures, "signatures, raw or DER, one of each key of the request")->required();
  command.add_option("-o,--output", options->output, "file to write; may be IN")->required();
  command.add_option("--request", options->request, "what digest wrote (default IN.request)");
  command.callback([options, &exit_code] {
    if (const auto done = attach(*options); !done) exit_code = report(done.error());
  });
}

}  // namespace proofmark::sign::tool
