// SPDX-License-Identifier: Apache-2.0
//
// digest: the fs-verity digest of a file, which is what `fsverity digest` prints, and the content digest of its mark. For
// a file without a mark the content digest is the one of a detached mark or of a file that gets no section; where signing
// adds a section, the section is covered too and the digest is only known once the size of the mark is.
#include <memory>

#include <fmt/format.h>

#include "proofmark/sign/signing.h"
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

}  // namespace

void declare_digest(CLI::App& command, int& exit_code) {
  auto path = std::make_shared<std::string>();
  command.add_option("IN", *path, "file, signed or not")->required();
  command.callback([path, &exit_code] {
    const auto done = digest(*path);
    exit_code = done ? *done : report(done.error());
  });
}

}  // namespace proofmark::sign::tool
