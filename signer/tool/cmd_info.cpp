// SPDX-License-Identifier: Apache-2.0
//
// info: shows a mark. It decides nothing, and says so first.
#include <memory>

#include <fmt/format.h>

#include "info.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  std::string file, format = "text";
};

std::string render(const Options& options, const MarkView& view) {
  if (options.format == "json") return info_json(options.file, view);
  return options.format == "hex" ? info_hex(view) : info_text(options.file, view);
}

Result<void> info(const Options& options) {
  const auto file = InputFile::open(options.file);
  if (!file) return tl::unexpected(file.error());
  const auto view = view_mark(*file);
  if (!view) return tl::unexpected(view.error());
  fmt::print("{}", render(options, *view));
  return {};
}

}  // namespace

void declare_info(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("FILE", options->file, "signed file, or detached mark")->required();
  command
      .add_option("--format", options->format,
                  "text (default), json, or hex: the parts that are signed, for other tools")
      ->check(CLI::IsMember({"text", "json", "hex"}).description(""));
  command.callback([options, &exit_code] {
    if (const auto done = info(*options); !done) exit_code = report(done.error());
  });
}

}  // namespace proofmark::sign::tool
