// SPDX-License-Identifier: Apache-2.0
//
// proofmark-report: the command line of the join. A program of its own because it needs neither LLVM nor libelf: whoever
// reviews a build can have it without the tools that made the layers.
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "report/file.h"
#include "report/join.h"
#include "report/picture_writers.h"
#include "report/review.h"
#include "report/text_writer.h"

namespace proofmark::report {
namespace {

constexpr std::size_t kMaxPageBytes = 1U << 20;

struct Arguments {
  std::vector<std::string> layers, waivers;
  std::string format = "text", output, source_root;
};

ExitCode fail(const Error& error, ExitCode code = ExitCode::kCannotTell) {
  print_error(error);
  return code;
}

// A flag rule that establishes no property is named as its page names it: "# PMF010 strict-aliasing".
void name_protections(Picture& picture) {
  const auto pages = default_rule_pages();
  for (Protection& protection : picture.protections) {
    const bool is_id = std::ranges::all_of(protection.rule, [](unsigned char c) { return std::isalnum(c) != 0; });
    if (!protection.property.empty() || !is_id) continue;  // the id becomes a file name
    const auto page = read_file(pages / (protection.rule + ".md"), kMaxPageBytes);
    const std::string start = "# " + protection.rule + " ";
    if (!page || !page->starts_with(start)) continue;
    protection.name = page->substr(start.size(), page->find('\n') - start.size());
  }
}

Result<Picture> load(const Arguments& arguments) {
  std::vector<Layers> parts;
  for (const std::string& file : arguments.layers) {
    auto part = read_layers(file);
    if (!part) return tl::unexpected(part.error());
    parts.push_back(std::move(*part));
  }
  JoinOptions options{{}, arguments.source_root, today()};
  for (const std::string& file : arguments.waivers) {
    auto waivers = Waivers::load(file);
    if (!waivers) return tl::unexpected(waivers.error());
    options.waivers.push_back(std::move(*waivers));
  }
  auto picture = join(parts, options);
  if (picture) name_protections(*picture);
  return picture;
}

std::string render(const Arguments& arguments, const Picture& picture) {
  if (arguments.format == "json") return picture_to_json(picture);
  if (arguments.format == "sarif") return picture_to_sarif(picture, arguments.source_root);
  if (arguments.format == "html") return picture_to_html(picture, {arguments.source_root});
  return picture_to_text(picture, arguments.output.empty() && wants_colour(stdout));
}

ExitCode report(const Arguments& arguments) {
  const auto picture = load(arguments);
  if (!picture) return fail(picture.error());
  const std::string text = render(arguments, *picture);
  if (!arguments.output.empty()) {
    if (auto written = write_file(arguments.output, text); !written) return fail(written.error());
  } else if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    return fail({"standard output: can't write", {}});
  }
  return picture->verdict();
}

void add_options(CLI::App& verb, Arguments& arguments) {
  verb.add_option("LAYERS", arguments.layers, "layers files of check and audit, of one build")->required();
  verb.add_option("--format", arguments.format, "text, json, sarif or html")
      ->check(CLI::IsMember({"text", "json", "sarif", "html"}))
      ->capture_default_str();
  verb.add_option("-o,--output", arguments.output, "write to FILE instead of standard output")->type_name("FILE");
  verb.add_option("--source-root", arguments.source_root,
                  "folder of the sources: html shows lines of files below it, sarif names places relative to it")
      ->type_name("DIR");
  verb.add_option("--waivers", arguments.waivers, "accepted findings of the report itself; may be repeated")
      ->type_name("FILE")
      ->expected(1)
      ->take_all();
}

ExitCode run(int argc, char** argv) {
  CLI::App app("Joins what every layer says of every protection.", "proofmark-report");
  app.set_version_flag("--version", std::string("proofmark-report ") + PROOFMARK_VERSION);
  app.require_subcommand(1);
  Arguments arguments;
  add_options(*app.add_subcommand("report",
                                  "where was which protection lost; exit 0 nowhere, 1 somewhere, 2 usage, "
                                  "3 could not tell"),
              arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return static_cast<ExitCode>(app.exit(error));
    return fail({error.what(), "proofmark report --help"}, ExitCode::kUsage);
  }
  return report(arguments);
}

}  // namespace
}  // namespace proofmark::report

int main(int argc, char** argv) {
  return static_cast<int>(proofmark::report::run(argc, argv));
}
