// SPDX-License-Identifier: Apache-2.0
//
// Reads evidence back. It may come from a CI artefact store that others can write to, so every member's type is checked.
#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/evidence.h"
#include "report/file.h"
#include "report/json_reader.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

class Reader : public JsonReader {
 public:
  Evidence read(const json& object) {
    Evidence evidence;
    if (number<unsigned>(object, "proofmark_evidence") != 1) fail("unknown evidence version (expected 1)");
    const bool check = choice(object, "kind", "check", "audit");
    evidence.kind = check ? EvidenceKind::kCheck : EvidenceKind::kAudit;
    evidence.tool = text(member(object, "tool"), "name");
    evidence.tool_version = text(member(object, "tool"), "version");
    evidence.board = text(object, "board");
    evidence.policy = text(member(object, "policy"), "name");
    evidence.policy_sha256 = text(member(object, "policy"), "sha256");
    evidence.passed = choice(object, "verdict", "pass", "fail");
    read_properties(object, evidence);
    read_findings(object, evidence);
    read_waivers(object, evidence);
    if (check) {
      read_check(object, evidence);
    } else {
      read_audit(object, evidence);
    }
    return evidence;
  }

 private:
  void read_properties(const json& object, Evidence& evidence) {
    evidence.properties = texts(object, "properties");
    for (const std::string& name : evidence.properties) {
      if (std::ranges::find(kPropertyNames, name) == std::end(kPropertyNames)) {
        fail(fmt::format("unknown property \"{}\"", name));
      }
    }
  }

  void read_findings(const json& object, Evidence& evidence) {
    const json& counts = member(object, "counts");
    evidence.counts = {number<unsigned>(counts, "findings"), number<unsigned>(counts, "advisory"),
                       number<unsigned>(counts, "waived")};
    for (const json& item : list(object, "findings")) {
      auto finding = finding_from_json(item, "finding");
      if (finding) {
        evidence.findings.push_back(std::move(*finding));
      } else {
        fail(finding.error().message);
      }
    }
    // An edited verdict must not outlive the findings that contradict it.
    const bool agrees =
        count(evidence.findings) == evidence.counts && (!evidence.passed || evidence.counts.findings == 0);
    if (!agrees) fail("the verdict or the counts contradict the findings");
  }

  template <class T>
  T taken(Result<T> value) {
    if (value) return std::move(*value);
    fail(value.error().message);
    return {};
  }

  // All three are missing where there is nothing to say.
  void read_waivers(const json& object, Evidence& evidence) {
    if (!object.is_object()) return;
    if (object.contains("waiver_terms"))
      evidence.waiver_terms = taken(waiver_terms_from_json(object["waiver_terms"], "waiver_terms"));
    if (object.contains("source_waivers"))
      for (const json& one : list(object, "source_waivers"))
        evidence.source_waivers.push_back(taken(waiver_from_json(one, "source_waivers")));
    if (object.contains("waived") && object["waived"] != waived_to_json(count_waived(evidence.findings)))
      fail("\"waived\" contradicts the findings");
  }

  void read_check(const json& object, Evidence& evidence) {
    for (const json& unit : list(object, "units")) {
      evidence.units.push_back({text(unit, "name"), text(unit, "source"), text(unit, "source_sha256"),
                                text(unit, "command_sha256"), choice(unit, "status", "analysed", "failed")});
    }
  }

  // A member that older evidence does not have.
  std::string optional_text(const json& object, const char* key) {
    return object.is_object() && object.contains(key) ? text(object, key) : std::string();
  }

  void read_audit(const json& object, Evidence& evidence) {
    const json& artifact = member(object, "artifact");
    evidence.artifact = {text(artifact, "sha256"), number<std::uint64_t>(artifact, "size"), text(artifact, "build_id"),
                         text(artifact, "machine"), text(artifact, "link")};
    evidence.elf_units = texts(object, "units");
    for (const json& entry : list(object, "prebuilt")) {
      evidence.prebuilt.push_back({text(entry, "archive"), number<unsigned>(entry, "members"), flag(entry, "waived"),
                                   optional_text(entry, "waived_by"), optional_text(entry, "waiver_reason")});
    }
    if (!object.is_object() || !object.contains("debug")) return;
    const json& debug = member(object, "debug");
    evidence.debug = DebugFile{text(debug, "path"), text(debug, "sha256")};
  }
};

}  // namespace

Result<Evidence> evidence_from_json(std::string_view text, const std::string& origin) {
  const auto parsed = parse_json(text, origin);
  if (!parsed) return tl::unexpected(parsed.error());
  Reader reader;
  Evidence evidence = reader.read(*parsed);
  if (reader.problem().empty()) return evidence;
  return tl::unexpected(Error{fmt::format("{}: not evidence: {}", origin, reader.problem()),
                              "evidence is written by `proofmark check` and `proofmark audit` with --evidence FILE"});
}

Result<Evidence> read_evidence(const std::filesystem::path& file) {
  const auto bytes = read_file(file);
  if (!bytes) return tl::unexpected(bytes.error());
  return evidence_from_json(*bytes, file.string());
}

}  // namespace proofmark::report
