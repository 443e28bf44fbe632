// SPDX-License-Identifier: Apache-2.0
//
// verify: one line per file, with the number of the refusal (docs/errors.md). A file without a mark of its own is checked
// against FILE.proofmark when that exists. With --root the file is a bundle, and what is checked is the whole tree.
#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "proofmark/sign/signing.h"
#include "tree_check.h"
#include "verb.h"
#include "verifier_options.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  VerifierOptions trust;
  TreeCheckOptions tree;
  std::vector<std::string> files;
  std::string debug;
};

// The debug archive is the one that the mark of `path`, which was accepted, names.
Result<int> verify_debug(const std::string& path, const std::string& debug, const pm_manifest& manifest) {
  if (manifest.symbols == nullptr)
    return refused(debug, fmt::format("not bound: the mark of {} names no debug archive", path), "sign with --debug");
  std::optional<Bytes> build_id;
  if (manifest.build_id.data != nullptr)
    build_id.emplace(manifest.build_id.data, manifest.build_id.data + manifest.build_id.size);
  const auto found = debug_archive(debug, build_id);
  if (!found) return tl::unexpected(found.error());
  const ByteView expected(manifest.symbols, PM_DIGEST_SIZE);
  if (!std::equal(expected.begin(), expected.end(), found->begin()))
    return refused(debug, fmt::format("is not the debug archive that was signed (expected {}, found {})",
                                      to_hex(expected), to_hex(*found)));
  fmt::print("{}: the debug archive of {}\n", debug, path);
  return kYes;
}

Result<int> verify_file(const std::string& path, const TrustRequest& trust, const std::string& debug) {
  const auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  const auto found = find_trailer(*file);
  if (!found) return tl::unexpected(found.error());
  std::optional<InputFile> mark;
  std::error_code code;
  if (const std::string beside = path + PM_DETACHED_SUFFIX;
      found->ending == Ending::kNoMark && std::filesystem::exists(beside, code)) {
    auto opened = InputFile::open(beside);
    if (!opened) return tl::unexpected(opened.error());
    mark = std::move(*opened);
  }
  Verification check;
  check.run(file->fd(), mark ? mark->fd() : -1, trust);
  if (check.verdict() != PM_ACCEPTED) return print_refused(*file, check.result());
  print_accepted(path, check.result(), trust);
  if (debug.empty()) return kYes;
  return verify_debug(path, debug, check.result().manifest);
}

int verify_tree(const Options& options, const TrustRequest& trust) {
  if (options.files.size() != 1)
    return report(usage("", fmt::format("--root takes one bundle (found {})", options.files.size())).value());
  const auto code = check_tree(options.files.front(), trust, options.tree);
  return code ? *code : report(code.error());
}

int verify(const Options& options) {
  if (!options.debug.empty() && options.files.size() != 1)
    return report(
        usage("", fmt::format("--debug belongs to one file (expected 1, found {})", options.files.size())).value());
  const auto trust = load_trust(options.trust);
  if (!trust) return report(trust.error());
  if (!options.tree.root.empty()) return verify_tree(options, *trust);
  int worst = kYes;
  for (const auto& path : options.files) {
    const auto code = verify_file(path, *trust, options.debug);
    // A clear no outweighs a file that could not be read.
    const int exit_code = code ? *code : report(code.error());
    worst = worst == kNo || exit_code == kNo ? kNo : std::max(worst, exit_code);
  }
  return worst;
}

}  // namespace

void declare_verify(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("FILE", options->files, "files to check; with --root, the bundle")->required();
  add_verifier_options(command, options->trust);
  command.add_option("--debug", options->debug, "debug archive of FILE, which must be the one that the mark names");
  declare_tree_check(command, options->tree);
  command.callback([options, &exit_code] { exit_code = verify(*options); });
}

}  // namespace proofmark::sign::tool
