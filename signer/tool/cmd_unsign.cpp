// SPDX-License-Identifier: Apache-2.0
//
// unsign: the file as it was before it was signed.
#include <memory>

#include "proofmark/sign/signing.h"
#include "verb.h"

namespace proofmark::sign::tool {

void declare_unsign(CLI::App& command, int& exit_code) {
  struct Options {
    std::string input, output;
  };
  auto options = std::make_shared<Options>();
  command.add_option("IN", options->input, "signed file")->required();
  command.add_option("-o,--output", options->output, "file to write; may be IN")->required();
  command.callback([options, &exit_code] {
    const auto done = unsign_file(options->input, options->output);
    if (!done) exit_code = report(done.error());
    if (done) warn_dropped(options->output, *done);
  });
}

}  // namespace proofmark::sign::tool
