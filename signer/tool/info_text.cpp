// SPDX-License-Identifier: Apache-2.0
//
// A mark for people: one fact per line, absent facts left out.
#include <fmt/format.h>

#include "info.h"

namespace proofmark::sign::tool {
namespace {

class Lines {
 public:
  void add(const char* label, const std::string& value) { text_ += fmt::format("{:<17} {}\n", label, value); }
  void add(const char* label, const std::optional<Digest>& digest) {
    if (digest) add(label, to_hex(*digest));
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string property_list(std::uint64_t properties) {
  std::vector<std::string> names;
  for (unsigned bit = 0; bit < PM_PROPERTY_COUNT; ++bit) {
    if ((properties >> bit & 1) != 0) names.push_back(property_name(bit));
  }
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, " "));
}

void add_proof(Lines& lines, const Proof& proof) {
  lines.add("proof", fmt::format("{}, {} of {} units analysed, {} findings, {} waivers",
                                 proof.status == PM_PROVEN ? "proven" : "UNPROVEN", proof.units_analysed,
                                 proof.units_total, proof.findings, proof.waivers));
  lines.add("policy", to_hex(proof.policy));
  lines.add("properties", property_list(proof.properties));
}

void add_runtime(Lines& lines, const Runtime& runtime) {
  if (!runtime.syscalls.empty()) lines.add("system calls", fmt::format("{}", fmt::join(runtime.syscalls, " ")));
  if (runtime.capabilities) lines.add("capabilities", fmt::format("{:#x}", *runtime.capabilities));
  if (runtime.flags) lines.add("runtime flags", fmt::format("{:#x}", *runtime.flags));
  if (!runtime.environment.empty()) lines.add("environment", fmt::format("{}", fmt::join(runtime.environment, " ")));
}

void add_rest(Lines& lines, const Manifest& manifest) {
  if (manifest.build.build_id) lines.add("build-id", to_hex(*manifest.build.build_id));
  lines.add("source tree", manifest.build.source_tree);
  lines.add("build environment", manifest.build.environment);
  lines.add("SBOM", manifest.build.sbom);
  lines.add("provenance", manifest.build.provenance);
  if (manifest.runtime) add_runtime(lines, *manifest.runtime);
  for (const auto& dependency : manifest.dependencies.value_or(std::vector<Dependency>{}))
    lines.add("needs", fmt::format("{} {}", dependency.name, to_hex(dependency.digest)));
  lines.add("TLS certificate", manifest.bindings.tls_certificate);
  lines.add("configuration", manifest.bindings.configuration);
  lines.add("symbols", manifest.bindings.symbols);
}

}  // namespace

std::string info_text(const std::string& path, const MarkView& view) {
  const Manifest& manifest = view.manifest;
  Lines lines;
  lines.add("file", path + (view.detached ? " (detached mark)" : ""));
  lines.add("checked", "NO: signature not checked; proofmark verify does that");
  lines.add("name", manifest.subject.name);
  lines.add("kind", kind_name(manifest.subject.kind));
  lines.add("machine", fmt::format("{}", manifest.subject.machine));
  lines.add("boards", fmt::format("{}", fmt::join(manifest.subject.boards, " ")));
  lines.add("security version", fmt::format("{}", manifest.security_version));
  lines.add("covered", fmt::format("{} bytes", manifest.content.length));
  lines.add("content digest", to_hex(manifest.content.digest));
  lines.add("mark", fmt::format("{} bytes, of which {} are the message", view.trailer.mark_length, view.message.size));
  if (manifest.content.original)
    lines.add("before signing", fmt::format("{} bytes", manifest.content.original->length));
  add_proof(lines, manifest.proof);
  add_rest(lines, manifest);
  for (const auto& signature : view.message.signatures)
    lines.add("signature", fmt::format("{} by key {}", algorithm_name(signature.algorithm), to_hex(signature.key_id)));
  return lines.text();
}

}  // namespace proofmark::sign::tool
