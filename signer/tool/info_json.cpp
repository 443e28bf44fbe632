// SPDX-License-Identifier: Apache-2.0
//
// A mark for programs. Absent groups and members are absent here too.
#include <nlohmann/json.hpp>

#include "info.h"

namespace proofmark::sign::tool {
namespace {

using nlohmann::json;

void put(json& out, const char* key, const std::optional<Digest>& digest) {
  if (digest) out[key] = to_hex(*digest);
}

json content_json(const Content& content) {
  json out = {{"length", content.length}, {"digest", to_hex(content.digest)}, {"mark_length", content.mark_length}};
  if (content.original) {
    out["original"] = {{"length", content.original->length},
                       {"e_shoff", content.original->e_shoff},
                       {"e_shnum", content.original->e_shnum},
                       {"e_shstrndx", content.original->e_shstrndx}};
  }
  for (const auto& segment : content.segments)
    out["segments"].push_back(
        {{"offset", segment.offset}, {"length", segment.length}, {"sha256", to_hex(segment.sha256)}});
  return out;
}

json build_json(const Build& build) {
  json out = json::object();
  if (build.build_id) out["build_id"] = to_hex(*build.build_id);
  put(out, "source_tree", build.source_tree);
  put(out, "environment", build.environment);
  put(out, "sbom", build.sbom);
  put(out, "provenance", build.provenance);
  return out;
}

json proof_json(const Proof& proof) {
  json properties = json::array();
  for (unsigned bit = 0; bit < PM_PROPERTY_COUNT; ++bit) {
    if ((proof.properties >> bit & 1) != 0) properties.push_back(property_name(bit));
  }
  return {{"proven", proof.status == PM_PROVEN},
          {"policy", to_hex(proof.policy)},
          {"properties", properties},
          {"units_analysed", proof.units_analysed},
          {"units_total", proof.units_total},
          {"findings", proof.findings},
          {"waivers", proof.waivers}};
}

json runtime_json(const Runtime& runtime) {
  json out = json::object();
  if (!runtime.syscalls.empty()) out["syscalls"] = runtime.syscalls;
  if (runtime.capabilities) out["capabilities"] = *runtime.capabilities;
  if (runtime.flags) out["flags"] = *runtime.flags;
  if (!runtime.environment.empty()) out["environment"] = runtime.environment;
  return out;
}

json bindings_json(const Bindings& bindings) {
  json out = json::object();
  put(out, "tls_certificate", bindings.tls_certificate);
  put(out, "configuration", bindings.configuration);
  put(out, "symbols", bindings.symbols);
  return out;
}

}  // namespace

std::string info_json(const std::string& path, const MarkView& view) {
  const Manifest& manifest = view.manifest;
  json out = {{"file", path},
              {"signature_checked", false},
              {"detached", view.detached},
              {"subject",
               {{"name", manifest.subject.name},
                {"kind", kind_name(manifest.subject.kind)},
                {"machine", manifest.subject.machine},
                {"boards", manifest.subject.boards}}},
              {"content", content_json(manifest.content)},
              {"security_version", manifest.security_version},
              {"proof", proof_json(manifest.proof)}};
  if (const json build = build_json(manifest.build); !build.empty()) out["build"] = build;
  if (manifest.runtime) out["runtime"] = runtime_json(*manifest.runtime);
  if (manifest.dependencies) {
    out["dependencies"] = json::array();
    for (const auto& dependency : *manifest.dependencies)
      out["dependencies"].push_back({{"name", dependency.name}, {"digest", to_hex(dependency.digest)}});
  }
  if (const json bindings = bindings_json(manifest.bindings); !bindings.empty()) out["bindings"] = bindings;
  for (const auto& signature : view.message.signatures)
    out["signatures"].push_back(
        {{"algorithm", algorithm_name(signature.algorithm)}, {"key_id", to_hex(signature.key_id)}});
  return out.dump(2) + "\n";
}

}  // namespace proofmark::sign::tool
