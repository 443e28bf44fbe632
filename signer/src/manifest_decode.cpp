// SPDX-License-Identifier: Apache-2.0
//
// Reads a manifest back, for `info` and `unsign`. The trust decision is the verifier's, which has its own reader; this
// one need not be fast, only strict.
#include <algorithm>

#include "proofmark/sign/cbor.h"
#include "proofmark/sign/manifest.h"

namespace proofmark::sign {
namespace {

// Walks a map whose keys must ascend and be known: after key(k) has said yes, the value of k follows.
class MapReader {
 public:
  MapReader(CborReader& in, std::size_t min, std::size_t max) : in_(in), left_(in.map(min, max)) { advance(); }

  // True when the next pair has this key.
  bool optional(std::uint64_t key) {
    if (!pending_ || key_ != key) return false;
    advance_after_value_ = true;
    pending_ = false;
    return true;
  }
  void required(std::uint64_t key) {
    if (!optional(key)) in_.fail();
  }
  // Call after each value has been read.
  void next() {
    if (advance_after_value_) advance();
    advance_after_value_ = false;
  }
  // Every pair must have been claimed: an unknown key is never skipped.
  void end() {
    if (pending_ || left_ > 0) in_.fail();
  }

 private:
  void advance() {
    pending_ = left_ > 0 && in_.ok();
    if (!pending_) return;
    --left_;
    key_ = in_.number();
  }
  CborReader& in_;
  std::size_t left_;
  std::uint64_t key_ = 0;
  bool pending_ = false, advance_after_value_ = false;
};

std::uint64_t get_number(CborReader& in, MapReader& map, std::uint64_t key, std::uint64_t max = UINT64_MAX) {
  map.required(key);
  const std::uint64_t value = in.number(max);
  map.next();
  return value;
}

Digest get_digest(CborReader& in, MapReader& map, std::uint64_t key) {
  map.required(key);
  const Digest digest = in.digest();
  map.next();
  return digest;
}

std::optional<Digest> maybe_digest(CborReader& in, MapReader& map, std::uint64_t key) {
  if (!map.optional(key)) return std::nullopt;
  const Digest digest = in.digest();
  map.next();
  return digest;
}

std::vector<std::string> read_texts(CborReader& in, std::size_t most, std::size_t longest) {
  std::vector<std::string> texts(in.array(1, most));
  for (auto& text : texts) text = in.text(1, longest);
  return texts;
}

Subject read_subject(CborReader& in) {
  MapReader map(in, 4, 4);
  Subject subject;
  map.required(PM_SUBJECT_NAME);
  subject.name = in.text(1, PM_NAME_MAX);
  map.next();
  const std::uint64_t kind = get_number(in, map, PM_SUBJECT_KIND, PM_KIND_BUNDLE);
  if (kind < PM_KIND_EXECUTABLE)
    in.fail();
  else
    subject.kind = static_cast<pm_kind>(kind);
  subject.machine = static_cast<std::uint16_t>(get_number(in, map, PM_SUBJECT_MACHINE, UINT16_MAX));
  map.required(PM_SUBJECT_BOARDS);
  subject.boards = read_texts(in, PM_BOARDS_MAX, PM_BOARD_NAME_MAX);
  map.next();
  map.end();
  return subject;
}

OriginalHeader read_original(CborReader& in) {
  in.array(4, 4);
  OriginalHeader original;
  original.length = in.number();
  original.e_shoff = in.number();
  original.e_shnum = static_cast<std::uint16_t>(in.number(UINT16_MAX));
  original.e_shstrndx = static_cast<std::uint16_t>(in.number(UINT16_MAX));
  return original;
}

std::vector<SegmentDigest> read_segments(CborReader& in) {
  std::vector<SegmentDigest> segments(in.array(1, PM_SEGMENTS_MAX));
  for (auto& segment : segments) {
    in.array(3, 3);
    segment.offset = in.number();
    segment.length = in.number();
    segment.sha256 = in.digest();
  }
  return segments;
}

Content read_content(CborReader& in) {
  MapReader map(in, 3, 5);
  Content content;
  content.length = get_number(in, map, PM_CONTENT_LENGTH);
  content.digest = get_digest(in, map, PM_CONTENT_DIGEST);
  content.mark_length = get_number(in, map, PM_CONTENT_MARK_LENGTH, PM_MARK_MAX_SIZE);
  if (map.optional(PM_CONTENT_ORIGINAL)) content.original = read_original(in);
  map.next();
  if (map.optional(PM_CONTENT_SEGMENTS)) content.segments = read_segments(in);
  map.next();
  map.end();
  return content;
}

Build read_build(CborReader& in) {
  MapReader map(in, 0, 5);
  Build build;
  if (map.optional(PM_BUILD_ID)) build.build_id = in.bytes(1, PM_BUILD_ID_MAX);
  map.next();
  build.source_tree = maybe_digest(in, map, PM_BUILD_SOURCE_TREE);
  build.environment = maybe_digest(in, map, PM_BUILD_ENVIRONMENT);
  build.sbom = maybe_digest(in, map, PM_BUILD_SBOM);
  build.provenance = maybe_digest(in, map, PM_BUILD_PROVENANCE);
  map.end();
  return build;
}

Proof read_proof(CborReader& in) {
  MapReader map(in, 7, 7);
  Proof proof;
  proof.status = static_cast<pm_proof_status>(get_number(in, map, PM_PROOF_STATUS, PM_PROVEN));
  proof.policy = get_digest(in, map, PM_PROOF_POLICY);
  proof.properties = get_number(in, map, PM_PROOF_PROPERTIES, (std::uint64_t{1} << PM_PROPERTY_COUNT) - 1);
  proof.units_analysed = get_number(in, map, PM_PROOF_UNITS_ANALYSED);
  proof.units_total = get_number(in, map, PM_PROOF_UNITS_TOTAL);
  proof.findings = get_number(in, map, PM_PROOF_FINDINGS);
  proof.waivers = get_number(in, map, PM_PROOF_WAIVERS);
  map.end();
  return proof;
}

Runtime read_runtime(CborReader& in) {
  MapReader map(in, 0, 4);
  Runtime runtime;
  if (map.optional(PM_RUNTIME_SYSCALLS)) {
    runtime.syscalls.resize(in.array(1, PM_SYSCALLS_MAX));
    for (auto& number : runtime.syscalls) number = in.number(UINT16_MAX);
    const auto repeated = std::adjacent_find(runtime.syscalls.begin(), runtime.syscalls.end(), std::greater_equal<>());
    if (repeated != runtime.syscalls.end()) in.fail();
  }
  map.next();
  if (map.optional(PM_RUNTIME_CAPABILITIES)) runtime.capabilities = in.number();
  map.next();
  if (map.optional(PM_RUNTIME_FLAGS)) runtime.flags = in.number(PM_RUNTIME_NO_NEW_PRIVILEGES);
  map.next();
  if (map.optional(PM_RUNTIME_ENVIRONMENT))
    runtime.environment = read_texts(in, PM_ENVIRONMENT_MAX, PM_ENVIRONMENT_NAME_MAX);
  map.next();
  map.end();
  return runtime;
}

std::vector<Dependency> read_dependencies(CborReader& in) {
  std::vector<Dependency> dependencies(in.array(0, PM_DEPENDENCIES_MAX));
  for (auto& dependency : dependencies) {
    in.array(2, 2);
    dependency.name = in.text(1, PM_DEPENDENCY_NAME_MAX);
    dependency.digest = in.digest();
  }
  return dependencies;
}

Bindings read_bindings(CborReader& in) {
  MapReader map(in, 0, 3);
  Bindings bindings;
  bindings.tls_certificate = maybe_digest(in, map, PM_BINDING_TLS_CERTIFICATE);
  bindings.configuration = maybe_digest(in, map, PM_BINDING_CONFIGURATION);
  bindings.symbols = maybe_digest(in, map, PM_BINDING_SYMBOLS);
  map.end();
  return bindings;
}

}  // namespace

Result<Manifest> decode(ByteView payload) {
  CborReader in(payload);
  MapReader map(in, 5, 9);
  Manifest manifest;
  if (get_number(in, map, PM_KEY_VERSION) != PM_MANIFEST_VERSION) in.fail();
  map.required(PM_KEY_SUBJECT);
  manifest.subject = read_subject(in);
  map.next();
  map.required(PM_KEY_CONTENT);
  manifest.content = read_content(in);
  map.next();
  manifest.security_version = static_cast<std::uint32_t>(get_number(in, map, PM_KEY_SECURITY_VERSION, UINT32_MAX));
  if (map.optional(PM_KEY_BUILD)) manifest.build = read_build(in);
  map.next();
  map.required(PM_KEY_PROOF);
  manifest.proof = read_proof(in);
  map.next();
  if (map.optional(PM_KEY_RUNTIME)) manifest.runtime = read_runtime(in);
  map.next();
  if (map.optional(PM_KEY_DEPENDENCIES)) manifest.dependencies = read_dependencies(in);
  map.next();
  if (map.optional(PM_KEY_BINDINGS)) manifest.bindings = read_bindings(in);
  map.next();
  map.end();
  if (!in.ok() || !in.at_end())
    return unknown("", "the manifest is not a version 1 manifest (docs/format.md section 4)");
  return manifest;
}

}  // namespace proofmark::sign
