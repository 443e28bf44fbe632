// SPDX-License-Identifier: Apache-2.0
//
// Separate debug information: whoever looks into a core dump of a signed program must know that the symbols are those of this
// very build. The build-id says which build; the digest in the mark says that nobody has changed them since.
#include <fmt/format.h>

#include "proofmark/sign/elf_image.h"
#include "proofmark/sign/signing.h"

namespace proofmark::sign {

Result<Digest> debug_archive(const std::filesystem::path& path, const std::optional<Bytes>& build_id) {
  const auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  const auto elf = looks_like_elf(*file);
  if (!elf) return tl::unexpected(elf.error());
  if (!*elf)
    return refused(file->path(), "is not the debug archive of this file (expected an ELF file)",
                   "objcopy --only-keep-debug and eu-strip -f write one");
  const auto found = read_build_id(*file);
  if (!found) return tl::unexpected(found.error());
  if (!build_id)
    return refused(file->path(), "cannot be bound: the program has no build-id", "link it with -Wl,--build-id");
  if (*found != build_id)
    return refused(file->path(),
                   fmt::format("is not the debug archive of this file (expected build-id {}, found {})",
                               to_hex(*build_id), *found ? to_hex(**found) : "none"),
                   "take the one that was split off the same build");
  return sha256(*file);
}

}  // namespace proofmark::sign
