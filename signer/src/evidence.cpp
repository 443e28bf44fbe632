// SPDX-License-Identifier: Apache-2.0
//
// Reads evidence, format version 1. What cannot be understood is an error and not an objection: evidence that is half read
// proves nothing in either direction.
#include "proofmark/sign/evidence.h"

#include <fmt/format.h>

#include "json_field.h"

namespace proofmark::sign {
namespace {

using nlohmann::json;

constexpr std::uint64_t kEvidenceVersion = 1;

void read_common(FieldReader& in, const json& root, Evidence& evidence) {
  const json& policy = in.object(root, "policy");
  const json& counts = in.object(root, "counts");
  evidence.board = in.text(root, "board");
  evidence.policy = in.text(policy, "name");
  evidence.policy_digest = in.digest(policy, "sha256");
  evidence.findings = in.number(counts, "findings");
  evidence.waived = in.number(counts, "waived");
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
    if (in.text(unit, "status") == "analysed") evidence.units.insert(name);
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
