// SPDX-License-Identifier: Apache-2.0
//
// Another signature for a mark that is there. What was signed is not touched: neither the covered bytes nor the manifest, so
// the size of the mark stays, too, and the new signature has to fit into the zero bytes that end it.
#include <algorithm>

#include <fmt/format.h>

#include "content.h"
#include "intact.h"
#include "proofmark/sign/signing.h"

namespace proofmark::sign {
namespace {

constexpr const char* kNoRoomHint =
    "a mark has room for later signatures when it was struck with --reserve; --replace with all keys strikes a new one";

Result<void> check_keys(const std::string& path, const Message& message, const std::vector<const Signer*>& keys) {
  for (const auto* key : keys) {
    const Digest& id = key->public_key().id;
    if (std::any_of(message.signatures.begin(), message.signatures.end(),
                    [&](const auto& signature) { return signature.key_id == id; }))
      return refused(path, fmt::format("is signed by this key already (key {})", to_hex(id)));
  }
  const std::size_t count = message.signatures.size() + keys.size();
  if (count <= PM_SIGNATURES_MAX) return {};
  return refused(path, fmt::format("too many signatures (expected at most {}, found {} and {} more)",
                                   static_cast<int>(PM_SIGNATURES_MAX), message.signatures.size(), keys.size()));
}

Result<Bytes> sealed_with(const std::string& path, const MarkView& view, const std::vector<const Signer*>& keys) {
  std::vector<Signature> signatures = view.message.signatures;
  for (const auto* key : keys) {
    const PublicKey& half = key->public_key();
    auto value = key->sign(to_be_signed(view.message.payload, half.algorithm, half.id));
    if (!value) return tl::unexpected(value.error());
    signatures.push_back({half.algorithm, half.id, std::move(*value)});
  }
  Bytes area = encode_message(view.message.payload, std::move(signatures));
  if (area.size() > view.trailer.mark_length)
    return refused(path,
                   fmt::format("the mark has no room for another signature (expected at most {} bytes, found {})",
                               view.trailer.mark_length, area.size()),
                   kNoRoomHint);
  area.resize(view.trailer.mark_length);
  const Bytes trailer = encode_trailer(view.trailer);
  area.insert(area.end(), trailer.begin(), trailer.end());
  return area;
}

Result<void> check_added(const InputFile& file, const MarkView& view, const AddRequest& request,
                         const AtomicFile& output) {
  TrustRequest trust;
  for (const auto* key : request.keys) trust.keys.push_back(key->public_key());
  trust.threshold = static_cast<std::uint32_t>(trust.keys.size());
  trust.allow_unproven = view.manifest.proof.status == PM_UNPROVEN;
  return request.detached ? check_output(file.path(), file.fd(), output.fd(), trust)
                          : check_output(file.path(), output.fd(), -1, trust);
}

Result<MarkView> open_mark(const InputFile& file, bool detached) {
  if (!detached) {
    auto view = view_mark(file);
    if (view && view->detached)
      return refused(file.path(), "is a detached mark (expected the file that it stands beside)",
                     "name that file, and add --detached");
    return view;
  }
  const auto mark = InputFile::open(file.path() + PM_DETACHED_SUFFIX);
  if (!mark) return tl::unexpected(mark.error());
  auto view = view_mark(*mark);
  if (view && !view->detached) return refused(mark->path(), "is a signed file (expected a detached mark)");
  return view;
}

}  // namespace

Result<SignReport> add_signatures(const std::filesystem::path& input, const AddRequest& request) {
  const auto file = InputFile::open(input);
  if (!file) return tl::unexpected(file.error());
  const auto view = open_mark(*file, request.detached);
  if (!view) return tl::unexpected(view.error());
  if (auto ok = check_content(*file, *view); !ok) return tl::unexpected(ok.error());
  if (view->manifest.proof.status == PM_UNPROVEN && !request.allow_unproven)
    return refused(file->path(), "not signed: its mark says that nothing was proved",
                   "sign it with evidence, or add --allow-unproven");
  if (auto ok = check_keys(file->path(), view->message, request.keys); !ok) return tl::unexpected(ok.error());
  const auto area = sealed_with(file->path(), *view, request.keys);
  if (!area) return tl::unexpected(area.error());

  auto output = AtomicFile::create(request.output);
  if (!output) return tl::unexpected(output.error());
  const Sink sink = [&](ByteView bytes) { return output->append(bytes); };
  if (!request.detached)
    if (auto done = stream(*file, 0, view->trailer.covered, sink); !done) return tl::unexpected(done.error());
  if (auto done = output->append(*area); !done) return tl::unexpected(done.error());
  if (auto done = output->finish(); !done) return tl::unexpected(done.error());
  if (auto done = check_added(*file, *view, request, *output); !done) return tl::unexpected(done.error());
  auto dropped = take_attributes(*output, *file, request.detached);
  if (!dropped) return tl::unexpected(dropped.error());
  if (auto done = output->commit(); !done) return tl::unexpected(done.error());
  const Content& content = view->manifest.content;
  return SignReport{content.length, content.mark_length, content.digest, std::move(*dropped)};
}

}  // namespace proofmark::sign
