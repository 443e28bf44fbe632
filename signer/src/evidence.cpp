// SPDX-License-Identifier: Apache-2.0
//
// Reads evidence, format version 1. What cannot be understood is an error and not an objection: evidence that is half read
// proves nothing in either direction.
#include "proofmark/sign/evidence.h"

#include <fmt/format.h>

#include "json_field.h"
#include "proofmark/sign/signing.h"

namespace proofmark::sign {
namespace {

using nlohmann::json;

constexpr std::uint64_t kEvidenceVersion = 1;

// The counts must be those of the findings, so that an edit of one of them does not go unnoticed.
void check_counts(FieldReader& in, const json& root, const Evidence& evidence) {
  std::uint64_t findings = 0, waived = 0;
  for (const json& finding : in.array(root, "findings")) {
    const std::string level = in.text(finding, "level");
    const auto waiver = finding.is_object() ? finding.find("waived_by") : finding.end();
    const bool is_waived = waiver != finding.end() && waiver->is_string() && !waiver->get<std::string>().empty();
    if (is_waived && level != "off") ++waived;
    if (!is_waived && level == "must") ++findings;
  }
  if (findings != evidence.findings || waived != evidence.waived)
    in.complain(fmt::format("\"counts\" contradicts the findings (expected {} findings and {} waived, found {} and {})",
                            findings, waived, evidence.findings, evidence.waived));
}

void read_common(FieldReader& in, const json& root, Evidence& evidence) {
  const json& policy = in.object(root, "policy");
  const json& counts = in.object(root, "counts");
  evidence.board = in.text(root, "board");
  evidence.policy = in.text(policy, "name");
  evidence.policy_digest = in.digest(policy, "sha256");
  evidence.findings = in.number(counts, "findings");
  evidence.waived = in.number(counts, "waived");
  const json& tool = in.object(root, "tool");
  evidence.tool = in.text(tool, "name");
  evidence.tool_version = in.text(tool, "version");
  check_counts(in, root, evidence);
  const std::string verdict = in.text(root, "verdict");
  if (verdict != "pass" && verdict != "fail")
    in.complain(fmt::format("\"verdict\" is neither pass nor fail (found \"{}\")", verdict));
  evidence.pass = verdict == "pass";
  for (const json& value : in.array(root, "properties")) {
    const std::string name = in.element(value, "properties");
    const auto mask = property_mask(name);
    if (!mask) in.complain(fmt::format("\"properties\" holds an unknown property \"{}\"", name));
    evidence.properties |= mask.value_or(0);
  }
}

void read_check(FieldReader& in, const json& root, Evidence& evidence) {
  for (const json& unit : in.array(root, "units")) {
    const std::string name = in.text(unit, "name");
    const bool analysed = in.text(unit, "status") == "analysed";
    if (!analysed && evidence.pass) in.complain(fmt::format("the verdict is pass, but {} was not analysed", name));
    const auto [entry, added] =
        evidence.sources.try_emplace(name, SourceState{in.text(unit, "source"), in.text(unit, "source_sha256")});
    if (!added) in.complain(fmt::format("unit {} is listed twice", name));
    if (analysed) evidence.units.insert(name);
  }
}

void read_audit(FieldReader& in, const json& root, Evidence& evidence) {
  evidence.artifact = in.digest(in.object(root, "artifact"), "sha256");
  for (const json& unit : in.array(root, "units")) evidence.units.insert(in.element(unit, "units"));
  for (const json& archive : in.array(root, "prebuilt")) {
    const std::string name = in.text(archive, "archive");
    if (!in.boolean(archive, "waived")) evidence.prebuilt.push_back(name);
  }
  const auto debug = root.find("debug");
  if (debug != root.end() && !debug->is_null()) evidence.debug = in.digest(in.object(root, "debug"), "sha256");
}

}  // namespace

bool is_stale(const SourceState& source) {
  const auto file = InputFile::open(source.path);
  if (!file) return false;
  const auto found = sha256(*file);
  return found && to_hex(*found) != source.sha256;
}

Result<Evidence> read_evidence(const std::filesystem::path& path) {
  const auto root = read_json(path, "evidence");
  if (!root) return tl::unexpected(root.error());
  Evidence evidence;
  evidence.path = path.string();
  FieldReader in;
  const std::uint64_t version = in.number(*root, "proofmark_evidence");
  if (in.problem().empty() && version != kEvidenceVersion)
    return unknown(evidence.path,
                   fmt::format("evidence version not supported (expected {}, found {})", kEvidenceVersion, version));
  const std::string kind = in.text(*root, "kind");
  if (kind != "check" && kind != "audit")
    in.complain(fmt::format("\"kind\" is neither check nor audit (found \"{}\")", kind));
  read_common(in, *root, evidence);
  evidence.kind = kind == "audit" ? EvidenceKind::kAudit : EvidenceKind::kCheck;
  if (evidence.kind == EvidenceKind::kAudit)
    read_audit(in, *root, evidence);
  else
    read_check(in, *root, evidence);
  if (!in.problem().empty()) return unknown(evidence.path, "bad evidence: " + in.problem());
  return evidence;
}

}  // namespace proofmark::sign
