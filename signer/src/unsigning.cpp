// SPDX-License-Identifier: Apache-2.0
//
// Taking the mark off, and looking at it. A reproducible rebuild is compared with a published signed file this way, so the
// result must be the original to the last byte or nothing at all.
#include <cstring>

#include <fmt/format.h>

#include "content.h"
#include "intact.h"
#include "proofmark/sign/elf_image.h"
#include "proofmark/sign/signing.h"

namespace proofmark::sign {
namespace {

Result<MarkView> view_with(const InputFile& file, const Trailer& trailer, bool detached) {
  MarkView view;
  view.trailer = trailer;
  view.detached = detached;
  auto message = read_message(file, trailer);
  if (!message) return tl::unexpected(message.error());
  view.message = std::move(*message);
  auto manifest = decode(view.message.payload);
  if (!manifest) {
    manifest.error().subject = file.path();
    return tl::unexpected(manifest.error());
  }
  view.manifest = std::move(*manifest);
  return view;
}

}  // namespace

Result<MarkView> view_mark(const InputFile& file) {
  for (const bool detached : {false, true}) {
    const auto found = find_trailer(file, detached);
    if (!found) return tl::unexpected(found.error());
    if (found->ending == Ending::kMark) return view_with(file, found->trailer, detached);
    if (found->ending == Ending::kBroken && detached)
      return refused(file.path(), "ends in a mark that does not fit the file", "it was changed after signing, or cut");
  }
  auto why = explain_unmarked(file);
  if (!why) return tl::unexpected(why.error());
  return refused(file.path(), *why);
}

Result<std::string> explain_unmarked(const InputFile& file) {
  const auto buried = has_buried_trailer(file);
  if (!buried) return tl::unexpected(buried.error());
  bool section = false;
  if (const auto elf = looks_like_elf(file); elf && *elf) {
    // A file that does not parse is simply not known to have the section.
    const auto image = read_elf(file);
    section = image && image->has_mark_section;
  }
  if (section || *buried)
    return "changed after signing: it holds a mark, but not at its end (strip and patch before signing)";
  return "never signed: it holds no mark";
}

// The lengths that the mark claims must be those of the file, or there is nothing to restore.
Result<void> check_lengths(const InputFile& file, const MarkView& view) {
  const Content& content = view.manifest.content;
  const bool same = content.length == view.trailer.covered && content.mark_length == view.trailer.mark_length;
  const bool whole = !view.detached || content.length == file.size();
  const bool room = !content.original ||
                    (content.original->length >= sizeof(Elf64_Ehdr) && content.original->length <= content.length);
  if (same && whole && room) return {};
  return refused(file.path(), "the mark does not belong to this file (its lengths differ)");
}

Result<void> write_original(const InputFile& file, const MarkView& view, AtomicFile& output) {
  const Content& content = view.manifest.content;
  const Sink sink = [&](ByteView bytes) { return output.append(bytes); };
  if (!content.original) return stream(file, 0, content.length, sink);
  Elf64_Ehdr header{};
  const std::span<std::uint8_t> raw(reinterpret_cast<std::uint8_t*>(&header), sizeof header);
  if (auto done = file.read(0, raw); !done) return done;
  restore_header(*content.original, header);
  if (auto done = sink(raw); !done) return done;
  return stream(file, sizeof header, content.original->length, sink);
}

Result<void> check_content(const InputFile& file, const MarkView& view) {
  if (auto ok = check_lengths(file, view); !ok) return ok;
  const auto digest = fs_verity(file, view.trailer.covered);
  if (!digest) return tl::unexpected(digest.error());
  if (*digest == view.manifest.content.digest) return {};
  return refused(file.path(), fmt::format("changed after signing (expected content {}, found {})",
                                          to_hex(view.manifest.content.digest), to_hex(*digest)));
}

Result<Original> restore(const InputFile& file, const std::filesystem::path& output) {
  auto view = view_mark(file);
  if (!view) return tl::unexpected(view.error());
  if (view->detached)
    return refused(file.path(), "is a detached mark; there is nothing to take it off from",
                   "the file that it stands beside is as it was; remove the mark file");
  if (auto ok = check_content(file, *view); !ok) return tl::unexpected(ok.error());
  auto result = AtomicFile::create(output);
  if (!result) return tl::unexpected(result.error());
  if (auto done = write_original(file, *view, *result); !done) return tl::unexpected(done.error());
  if (file.changed()) return unknown(file.path(), "changed while it was read", kBeingWrittenHint);
  if (auto done = result->finish(); !done) return tl::unexpected(done.error());
  auto dropped = result->take_attributes(file);
  if (!dropped) return tl::unexpected(dropped.error());
  return Original{std::move(*result), std::move(*dropped)};
}

Result<Dropped> take_attributes(AtomicFile& output, const InputFile& from, bool detached) {
  constexpr mode_t kNoProgram = 0666;
  if (!detached) return output.take_attributes(from);
  if (auto done = output.set_mode(from.status().st_mode & kNoProgram); !done) return tl::unexpected(done.error());
  return Dropped{};
}

Result<Dropped> unsign_file(const std::filesystem::path& input, const std::filesystem::path& output) {
  auto file = InputFile::open(input);
  if (!file) return tl::unexpected(file.error());
  auto original = restore(*file, output);
  if (!original) return tl::unexpected(original.error());
  if (auto done = original->file.commit(); !done) return tl::unexpected(done.error());
  return std::move(original->dropped);
}

}  // namespace proofmark::sign
