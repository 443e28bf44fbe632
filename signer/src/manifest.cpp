// SPDX-License-Identifier: Apache-2.0
//
// Writes the manifest. One function per group, in the order of the keys; docs/format.md section 4 is the specification.
#include "proofmark/sign/manifest.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "proofmark/sign/cbor.h"

namespace proofmark::sign {
namespace {

constexpr std::array<std::string_view, PM_PROPERTY_COUNT> kPropertyNames = {
    "static",           "pie",           "relro",         "bind-now",   "nx-stack",
    "no-writable-code", "no-textrel",    "canary",        "fortify",    "branch-protection",
    "stack-clash",      "auto-var-init", "no-build-path", "no-runpath", "warnings-as-errors",
    "path-sensitive"};

template <class T>
std::size_t present(const std::optional<T>& value) {
  return value ? 1 : 0;
}

void put_digest(CborWriter& out, std::uint64_t key, const std::optional<Digest>& digest) {
  if (!digest) return;
  out.number(key);
  out.bytes(*digest);
}

void put_number(CborWriter& out, std::uint64_t key, std::uint64_t value) {
  out.number(key);
  out.number(value);
}

void put_texts(CborWriter& out, std::uint64_t key, const std::vector<std::string>& texts) {
  out.number(key);
  out.array(texts.size());
  for (const auto& text : texts) out.text(text);
}

void put_subject(CborWriter& out, const Subject& subject) {
  out.number(PM_KEY_SUBJECT);
  out.map(4);
  out.number(PM_SUBJECT_NAME);
  out.text(subject.name);
  put_number(out, PM_SUBJECT_KIND, subject.kind);
  put_number(out, PM_SUBJECT_MACHINE, subject.machine);
  put_texts(out, PM_SUBJECT_BOARDS, subject.boards);
}

void put_segments(CborWriter& out, const std::vector<SegmentDigest>& segments) {
  out.number(PM_CONTENT_SEGMENTS);
  out.array(segments.size());
  for (const auto& segment : segments) {
    out.array(3);
    out.number(segment.offset);
    out.number(segment.length);
    out.bytes(segment.sha256);
  }
}

void put_content(CborWriter& out, const Content& content) {
  out.number(PM_KEY_CONTENT);
  out.map(3 + present(content.original) + (content.segments.empty() ? 0 : 1));
  put_number(out, PM_CONTENT_LENGTH, content.length);
  put_digest(out, PM_CONTENT_DIGEST, content.digest);
  put_number(out, PM_CONTENT_MARK_LENGTH, content.mark_length);
  if (content.original) {
    out.number(PM_CONTENT_ORIGINAL);
    out.array(4);
    out.number(content.original->length);
    out.number(content.original->e_shoff);
    out.number(content.original->e_shnum);
    out.number(content.original->e_shstrndx);
  }
  if (!content.segments.empty()) put_segments(out, content.segments);
}

std::size_t members(const Build& build) {
  return present(build.build_id) + present(build.source_tree) + present(build.environment) + present(build.sbom) +
         present(build.provenance);
}

void put_build(CborWriter& out, const Build& build) {
  if (members(build) == 0) return;
  out.number(PM_KEY_BUILD);
  out.map(members(build));
  if (build.build_id) {
    out.number(PM_BUILD_ID);
    out.bytes(*build.build_id);
  }
  put_digest(out, PM_BUILD_SOURCE_TREE, build.source_tree);
  put_digest(out, PM_BUILD_ENVIRONMENT, build.environment);
  put_digest(out, PM_BUILD_SBOM, build.sbom);
  put_digest(out, PM_BUILD_PROVENANCE, build.provenance);
}

void put_proof(CborWriter& out, const Proof& proof) {
  out.number(PM_KEY_PROOF);
  out.map(7);
  put_number(out, PM_PROOF_STATUS, proof.status);
  put_digest(out, PM_PROOF_POLICY, proof.policy);
  put_number(out, PM_PROOF_PROPERTIES, proof.properties);
  put_number(out, PM_PROOF_UNITS_ANALYSED, proof.units_analysed);
  put_number(out, PM_PROOF_UNITS_TOTAL, proof.units_total);
  put_number(out, PM_PROOF_FINDINGS, proof.findings);
  put_number(out, PM_PROOF_WAIVERS, proof.waivers);
}

std::size_t members(const Runtime& runtime) {
  return (runtime.syscalls.empty() ? 0 : 1) + present(runtime.capabilities) + present(runtime.flags) +
         (runtime.environment.empty() ? 0 : 1);
}

void put_runtime(CborWriter& out, const Runtime& runtime) {
  out.number(PM_KEY_RUNTIME);
  out.map(members(runtime));
  if (!runtime.syscalls.empty()) {
    out.number(PM_RUNTIME_SYSCALLS);
    out.array(runtime.syscalls.size());
    for (const auto number : runtime.syscalls) out.number(number);
  }
  if (runtime.capabilities) put_number(out, PM_RUNTIME_CAPABILITIES, *runtime.capabilities);
  if (runtime.flags) put_number(out, PM_RUNTIME_FLAGS, *runtime.flags);
  if (!runtime.environment.empty()) put_texts(out, PM_RUNTIME_ENVIRONMENT, runtime.environment);
}

void put_dependencies(CborWriter& out, const std::vector<Dependency>& dependencies) {
  out.number(PM_KEY_DEPENDENCIES);
  out.array(dependencies.size());
  for (const auto& dependency : dependencies) {
    out.array(2);
    out.text(dependency.name);
    out.bytes(dependency.digest);
  }
}

std::size_t members(const Bindings& bindings) {
  return present(bindings.tls_certificate) + present(bindings.configuration) + present(bindings.symbols);
}

void put_bindings(CborWriter& out, const Bindings& bindings) {
  if (members(bindings) == 0) return;
  out.number(PM_KEY_BINDINGS);
  out.map(members(bindings));
  put_digest(out, PM_BINDING_TLS_CERTIFICATE, bindings.tls_certificate);
  put_digest(out, PM_BINDING_CONFIGURATION, bindings.configuration);
  put_digest(out, PM_BINDING_SYMBOLS, bindings.symbols);
}

}  // namespace

Bytes encode(const Manifest& manifest) {
  CborWriter out;
  out.map(5 + (members(manifest.build) > 0 ? 1 : 0) + present(manifest.runtime) + present(manifest.dependencies) +
          (members(manifest.bindings) > 0 ? 1 : 0));
  put_number(out, PM_KEY_VERSION, PM_MANIFEST_VERSION);
  put_subject(out, manifest.subject);
  put_content(out, manifest.content);
  put_number(out, PM_KEY_SECURITY_VERSION, manifest.security_version);
  put_build(out, manifest.build);
  put_proof(out, manifest.proof);
  if (manifest.runtime) put_runtime(out, *manifest.runtime);
  if (manifest.dependencies) put_dependencies(out, *manifest.dependencies);
  put_bindings(out, manifest.bindings);
  return out.out();
}

std::string property_name(unsigned bit) {
  return bit < kPropertyNames.size() ? std::string(kPropertyNames[bit]) : "";
}

std::optional<std::uint64_t> property_mask(const std::string& name) {
  const auto* found = std::find(kPropertyNames.begin(), kPropertyNames.end(), name);
  if (found == kPropertyNames.end()) return std::nullopt;
  return std::uint64_t{1} << (found - kPropertyNames.begin());
}

std::string kind_name(pm_kind kind) {
  switch (kind) {
    case PM_KIND_EXECUTABLE:
      return "executable";
    case PM_KIND_SHARED_OBJECT:
      return "shared object";
    case PM_KIND_RELOCATABLE:
      return "relocatable";
    case PM_KIND_DATA:
      return "data";
    case PM_KIND_BUNDLE:
      return "bundle";
  }
  return "unknown";
}

}  // namespace proofmark::sign
