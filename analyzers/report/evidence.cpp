// SPDX-License-Identifier: Apache-2.0
//
// Verdict, writing and joining of evidence; evidence_read.cpp reads it back.
#include "report/evidence.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/file.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

json unit_to_json(const CheckedUnit& unit) {
  return {{"name", unit.name},
          {"source", unit.source},
          {"source_sha256", unit.source_sha256},
          {"command_sha256", unit.command_sha256},
          {"status", unit.analysed ? "analysed" : "failed"}};
}

void put_audit(json& object, const Evidence& evidence) {
  const Artifact& artifact = evidence.artifact;
  object["artifact"] = {{"sha256", artifact.sha256},
                        {"size", artifact.size},
                        {"build_id", artifact.build_id},
                        {"machine", artifact.machine},
                        {"link", artifact.link}};
  object["units"] = evidence.elf_units;
  object["prebuilt"] = json::array();
  for (const Prebuilt& entry : evidence.prebuilt) {
    object["prebuilt"].push_back({{"archive", entry.archive},
                                  {"members", entry.members},
                                  {"waived", entry.waived},
                                  {"waived_by", entry.waived_by},
                                  {"waiver_reason", entry.waiver_reason}});
  }
  if (evidence.debug) object["debug"] = {{"path", evidence.debug->path}, {"sha256", evidence.debug->sha256}};
}

// What a build without waivers has not.
void put_waivers(json& object, const Evidence& evidence) {
  if (evidence.counts.waived != 0) object["waived"] = waived_to_json(count_waived(evidence.findings));
  if (evidence.waiver_terms != WaiverTerms{}) object["waiver_terms"] = waiver_terms_to_json(evidence.waiver_terms);
  for (const Waiver& waiver : evidence.source_waivers) object["source_waivers"].push_back(waiver_to_json(waiver));
}

// The order of the manifest's bits, so that equal evidence is equal text.
void sort_properties(std::vector<std::string>& properties) {
  std::ranges::sort(properties, {}, [](const std::string& name) { return std::ranges::find(kPropertyNames, name); });
  const auto repeated = std::ranges::unique(properties);
  properties.erase(repeated.begin(), repeated.end());
}

Result<void> check_compatible(const Evidence& first, const Evidence& part) {
  if (part.kind != EvidenceKind::kCheck) {
    return tl::unexpected(Error{"only evidence of kind check can be merged (found audit)", {}});
  }
  if (part.board != first.board) {
    return tl::unexpected(
        Error{fmt::format("evidence is for different boards (expected {}, found {})", first.board, part.board), {}});
  }
  if (part.policy_sha256 != first.policy_sha256) {
    return tl::unexpected(Error{fmt::format("evidence is by different policies (expected {} {}, found {} {})",
                                            first.policy, first.policy_sha256, part.policy, part.policy_sha256),
                                {}});
  }
  if (part.tool != first.tool || part.tool_version != first.tool_version) {
    return tl::unexpected(Error{fmt::format("evidence is from different tools (expected {} {}, found {} {})",
                                            first.tool, first.tool_version, part.tool, part.tool_version),
                                {}});
  }
  return {};
}

// A source may be compiled twice under one name (two targets), so the command belongs to a unit's identity.
using Units = std::map<std::pair<std::string, std::string>, CheckedUnit>;

Result<void> add_unit(Units& units, const CheckedUnit& unit) {
  const auto twin = units.lower_bound({unit.name, ""});
  if (twin != units.end() && twin->second.name == unit.name && twin->second.source_sha256 != unit.source_sha256) {
    return tl::unexpected(Error{fmt::format("{}: analysed from two different sources", unit.name),
                                "the parts are of different builds; run check again on one build"});
  }
  const auto [entry, added] = units.try_emplace({unit.name, unit.command_sha256}, unit);
  if (!added) entry->second.analysed = entry->second.analysed && unit.analysed;
  return {};
}

}  // namespace

void conclude(Evidence& evidence, bool incomplete) {
  sort_and_deduplicate(evidence.findings);
  sort_properties(evidence.properties);
  sort_and_deduplicate(evidence.source_waivers);
  std::ranges::sort(evidence.units, {},
                    [](const CheckedUnit& unit) { return std::tie(unit.name, unit.command_sha256); });
  std::ranges::sort(evidence.elf_units);
  std::ranges::sort(evidence.prebuilt, {}, &Prebuilt::archive);
  evidence.counts = count(evidence.findings);
  const bool all_analysed = std::ranges::all_of(evidence.units, &CheckedUnit::analysed);
  evidence.passed = !incomplete && all_analysed && evidence.counts.findings == 0;
}

std::string evidence_to_json(const Evidence& evidence) {
  const bool check = evidence.kind == EvidenceKind::kCheck;
  json object{{"proofmark_evidence", 1},
              {"kind", check ? "check" : "audit"},
              {"tool", {{"name", evidence.tool}, {"version", evidence.tool_version}}},
              {"board", evidence.board},
              {"policy", {{"name", evidence.policy}, {"sha256", evidence.policy_sha256}}},
              {"verdict", evidence.passed ? "pass" : "fail"},
              {"properties", evidence.properties},
              {"counts",
               {{"findings", evidence.counts.findings},
                {"advisory", evidence.counts.advisory},
                {"waived", evidence.counts.waived}}},
              {"findings", json::array()}};
  for (const Finding& finding : evidence.findings) object["findings"].push_back(finding_to_json(finding));
  put_waivers(object, evidence);
  if (check) {
    object["units"] = json::array();
    for (const CheckedUnit& unit : evidence.units) object["units"].push_back(unit_to_json(unit));
  } else {
    put_audit(object, evidence);
  }
  return dump_json(object);
}

Result<Evidence> merge(const std::vector<Evidence>& parts) {
  if (parts.empty()) return tl::unexpected(Error{"no evidence to merge", {}});
  Evidence merged = parts.front();
  merged.findings.clear();
  merged.source_waivers.clear();
  // A part about link steps alone has no units, and neither proves a property nor refutes one.
  const auto has_units = [](const Evidence& part) { return !part.units.empty(); };
  if (const auto first = std::ranges::find_if(parts, has_units); first != parts.end())
    merged.properties = first->properties;
  Units units;
  bool all_passed = true;
  for (const Evidence& part : parts) {
    if (auto fits = check_compatible(parts.front(), part); !fits) return tl::unexpected(fits.error());
    for (const CheckedUnit& unit : part.units) {
      if (auto added = add_unit(units, unit); !added) return tl::unexpected(added.error());
    }
    std::erase_if(merged.properties, [&](const std::string& name) {
      return has_units(part) && std::ranges::find(part.properties, name) == part.properties.end();
    });
    merged.findings.insert(merged.findings.end(), part.findings.begin(), part.findings.end());
    merged.source_waivers.insert(merged.source_waivers.end(), part.source_waivers.begin(), part.source_waivers.end());
    all_passed = all_passed && part.passed;
  }
  merged.units.clear();
  for (auto& [key, unit] : units) merged.units.push_back(std::move(unit));
  conclude(merged, !all_passed);
  return merged;
}

}  // namespace proofmark::report
