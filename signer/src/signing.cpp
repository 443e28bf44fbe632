// SPDX-License-Identifier: Apache-2.0
//
// Striking the mark. The section header that names the mark is part of what is signed, so the size of the mark is settled
// first, from a manifest with every field but the digests, and only then is anything hashed.
#include "proofmark/sign/signing.h"

#include <algorithm>

#include <fmt/format.h>

#include "content.h"
#include "intact.h"
#include "proofmark/sign/elf_image.h"
#include "side_thread.h"

namespace proofmark::sign {
namespace {

constexpr const char* kAlreadyHint =
    "--replace strikes a new mark, --add adds a signature to this one; proofmark unsign takes it off";

Result<void> refuse_marked(const InputFile& file) {
  const auto found = find_trailer(file);
  if (!found) return tl::unexpected(found.error());
  if (found->ending == Ending::kMark) return refused(file.path(), "is signed already", kAlreadyHint);
  if (found->ending == Ending::kBroken)
    return refused(file.path(), "ends in a mark that does not fit the file", "sign the file as it was built");
  return {};
}

// Everything that is known before the content is read.
struct Plan {
  std::optional<ElfImage> image;
  ElfAppend append;
  bool adds_section = false;
  Manifest manifest;
};

// The mark with signatures of the right size and nothing in them, and where room is kept, the largest of fixed size.
std::size_t message_size(const Manifest& manifest, const SignRequest& request) {
  std::vector<Signature> signatures(request.reserve, Signature{PM_PS256, {}, Bytes(PM_RSA4096_SIGNATURE_SIZE)});
  for (const auto* key : request.keys)
    signatures.push_back(
        {key->public_key().algorithm, key->public_key().id, Bytes(key->public_key().signature_size())});
  return encode_message(encode(manifest), signatures).size();
}

// The manifest holds the size of the mark, which depends on how many bytes that number takes. Growing the number can only
// grow the message, so this settles after a step or two.
Result<void> settle_mark_length(Manifest& manifest, const SignRequest& request, const std::string& path) {
  constexpr std::uint64_t kMultiple = 8;
  std::uint64_t needed = 0;
  do {
    manifest.content.mark_length = needed;
    needed = (message_size(manifest, request) + kMultiple - 1) / kMultiple * kMultiple;
  } while (needed > manifest.content.mark_length);
  if (needed > PM_MARK_MAX_SIZE)
    return unknown(path, fmt::format("the mark would be too large (expected at most {} bytes, found {})",
                                     std::size_t{PM_MARK_MAX_SIZE}, needed));
  return {};
}

Result<Plan> make_plan(const Candidate& candidate, const SignRequest& request) {
  Plan plan;
  Manifest& manifest = plan.manifest;
  manifest.subject = {request.name, candidate.kind, candidate.machine, request.boards};
  manifest.security_version = request.security_version;
  manifest.build.build_id = candidate.build_id;
  manifest.proof = request.proof;
  manifest.runtime = request.runtime;
  manifest.dependencies = request.dependencies;
  manifest.bindings = request.bindings;
  manifest.content.length = candidate.file.size();
  if (candidate.kind != PM_KIND_DATA && candidate.kind != PM_KIND_BUNDLE && !candidate.is_script) {
    auto image = read_elf(candidate.file);
    if (!image) return tl::unexpected(image.error());
    plan.image = std::move(*image);
    plan.adds_section = !request.detached && !plan.image->sections.empty();
    for (const auto& range : plan.image->segments)
      manifest.content.segments.push_back({range.offset, range.length, {}});
  }
  if (plan.adds_section) {
    manifest.content.length = covered_length(*plan.image);
    manifest.content.original = original_header(*plan.image);
  }
  if (auto done = settle_mark_length(manifest, request, candidate.file.path()); !done)
    return tl::unexpected(done.error());
  if (plan.adds_section) plan.append = append_section(*plan.image, manifest.content.mark_length);
  return plan;
}

// Sends the covered bytes to the digests and, unless the mark is detached, to the output.
Result<void> pass_content(const Candidate& candidate, const Plan& plan, const Sink& sink) {
  const ByteView header(reinterpret_cast<const std::uint8_t*>(&plan.append.header), sizeof plan.append.header);
  const std::uint64_t start = plan.adds_section ? header.size() : 0;
  if (plan.adds_section) {
    if (auto done = sink(header); !done) return done;
  }
  if (auto done = stream(candidate.file, start, candidate.file.size(), sink); !done) return done;
  return plan.append.tail.empty() ? Result<void>{} : sink(plan.append.tail);
}

// `copy` gets the covered bytes, too. Hashing and copying take about as long as each other, so they share the time.
Result<void> digest_content(const Candidate& candidate, const SignRequest& request, Plan& plan, const Sink& copy) {
  constexpr std::uint64_t kWorthAThread = 1u << 20;
  ContentDigests digests(plan.image ? plan.image->segments : std::vector<FileRange>{});
  std::optional<SideThread> side;
  if (candidate.file.size() >= kWorthAThread) side.emplace();
  const auto done = pass_content(candidate, plan, [&](ByteView bytes) -> Result<void> {
    if (!side) {
      digests.update(bytes);
      return copy(bytes);
    }
    side->start([&] { digests.update(bytes); });
    auto copied = copy(bytes);
    side->wait();
    return copied;
  });
  if (!done) return done;
  plan.manifest.content.digest = digests.finish(plan.manifest.content.segments);
  if (candidate.file.changed()) return unknown(candidate.file.path(), "changed while it was read", kBeingWrittenHint);
  return refuse_revoked(candidate.file.path(), plan.manifest.content.digest, request.revoked_contents);
}

Result<Bytes> seal(const Manifest& manifest, const std::vector<const Signer*>& keys) {
  const Bytes payload = encode(manifest);
  std::vector<Signature> signatures;
  for (const auto* key : keys) {
    const PublicKey& half = key->public_key();
    auto value = key->sign(to_be_signed(payload, half.algorithm, half.id));
    if (!value) return tl::unexpected(value.error());
    signatures.push_back({half.algorithm, half.id, std::move(*value)});
  }
  Bytes area = encode_message(payload, std::move(signatures));
  if (area.size() > manifest.content.mark_length)
    return unknown(
        "",
        fmt::format("the signatures do not fit into the room that was kept (expected at most {} bytes, found {})",
                    manifest.content.mark_length, area.size()),
        "HSS-LMS: use lower levels of at least 4 bits per digit, or as many as the top level");
  area.resize(manifest.content.mark_length);
  const Bytes trailer = encode_trailer({manifest.content.mark_length, manifest.content.length});
  area.insert(area.end(), trailer.begin(), trailer.end());
  return area;
}

Result<void> check(const Candidate& candidate, const SignRequest& request, const AtomicFile& output) {
  TrustRequest trust;
  for (const auto* key : request.keys) trust.keys.push_back(key->public_key());
  trust.threshold = static_cast<std::uint32_t>(trust.keys.size());
  trust.board = request.boards.front() == PM_ANY_BOARD ? "" : request.boards.front();
  trust.minimum_security_version = request.security_version;
  trust.allow_unproven = request.proof.status == PM_UNPROVEN;
  const std::string& path = candidate.file.path();
  return request.detached ? check_output(path, candidate.file.fd(), output.fd(), trust)
                          : check_output(path, output.fd(), -1, trust);
}

}  // namespace

namespace {

Result<Candidate> examine(InputFile file, bool as_data) {
  if (auto ok = refuse_marked(file); !ok) return tl::unexpected(ok.error());
  const auto elf = looks_like_elf(file);
  if (!elf) return tl::unexpected(elf.error());
  Candidate candidate{std::move(file), PM_KIND_DATA, 0, std::nullopt};
  if (!*elf || as_data) return candidate;
  auto image = read_elf(candidate.file);
  if (!image) return tl::unexpected(image.error());
  if (image->has_mark_section)
    return refused(candidate.file.path(), "has a " PM_SECTION_NAME " section: it was changed after signing",
                   "sign the file as it was built; strip and patch before signing");
  candidate.kind = image->kind;
  candidate.machine = image->header.e_machine;
  candidate.build_id = std::move(image->build_id);
  return candidate;
}

}  // namespace

Result<void> refuse_revoked(const std::string& path, const Digest& content, const std::set<Digest>& revoked) {
  if (!revoked.contains(content)) return {};
  return refused(path, fmt::format("not signed: content {} is revoked", to_hex(content)),
                 "no device accepts this file any more, whoever signs it");
}

Result<Candidate> open_candidate(const std::filesystem::path& path, bool as_data) {
  auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  return examine(std::move(*file), as_data);
}

Result<void> take_as_script(Candidate& candidate) {
  constexpr std::uint64_t kMostLine = 257;  // as launchers read it: "#!" and 255 bytes
  const auto start = candidate.file.read(0, static_cast<std::size_t>(std::min(candidate.file.size(), kMostLine)));
  if (!start) return tl::unexpected(start.error());
  const std::string text(start->begin(), start->end());
  const std::size_t path = text.find_first_not_of(" \t", 2);
  const bool good = candidate.kind == PM_KIND_DATA && text.starts_with("#!") && path != std::string::npos &&
                    text[path] == '/' && text.find('\n') != std::string::npos;
  if (!good)
    return refused(candidate.file.path(),
                   "is no script (expected a first line of \"#!\" and the path of an interpreter)");
  candidate.kind = PM_KIND_EXECUTABLE;
  candidate.is_script = true;
  return {};
}

Result<Candidate> open_for_replacement(const std::filesystem::path& path, bool as_data,
                                       const std::filesystem::path& output) {
  auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  const auto found = find_trailer(*file);
  if (!found) return tl::unexpected(found.error());
  if (found->ending != Ending::kMark) return examine(std::move(*file), as_data);
  auto original = restore(*file, output);
  if (!original) return tl::unexpected(original.error());
  auto nameless = InputFile::adopt(std::move(original->file).release(), file->path());
  if (!nameless) return tl::unexpected(nameless.error());
  return examine(std::move(*nameless), as_data);
}

Result<Manifest> plan_manifest(const Candidate& candidate, const SignRequest& request) {
  auto plan = make_plan(candidate, request);
  if (!plan) return tl::unexpected(plan.error());
  const Sink nowhere = [](ByteView) { return Result<void>{}; };
  if (auto done = digest_content(candidate, request, *plan, nowhere); !done) return tl::unexpected(done.error());
  return std::move(plan->manifest);
}

Result<SignReport> sign_file(const Candidate& candidate, const SignRequest& request) {
  auto plan = make_plan(candidate, request);
  if (!plan) return tl::unexpected(plan.error());
  auto output = AtomicFile::create(request.output);
  if (!output) return tl::unexpected(output.error());
  const Sink copy = [&](ByteView bytes) { return request.detached ? Result<void>{} : output->append(bytes); };
  if (auto done = digest_content(candidate, request, *plan, copy); !done) return tl::unexpected(done.error());
  auto area = seal(plan->manifest, request.keys);
  if (!area) return tl::unexpected(area.error());
  if (auto done = output->append(*area); !done) return tl::unexpected(done.error());
  if (auto done = output->finish(); !done) return tl::unexpected(done.error());
  if (auto done = check(candidate, request, *output); !done) return tl::unexpected(done.error());
  auto dropped = take_attributes(*output, candidate.file, request.detached);
  if (!dropped) return tl::unexpected(dropped.error());
  if (auto done = output->commit(); !done) return tl::unexpected(done.error());
  const Content& content = plan->manifest.content;
  return SignReport{content.length, content.mark_length, content.digest, std::move(*dropped)};
}

}  // namespace proofmark::sign
