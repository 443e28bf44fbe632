// SPDX-License-Identifier: Apache-2.0
//
// The picture as JSON (docs/report.schema.json) and as SARIF.
#include <nlohmann/json.hpp>

#include "report/file.h"
#include "report/picture_writers.h"
#include "report/sarif_writer.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

const char* verdict_word(ExitCode verdict) {
  return verdict == ExitCode::kYes ? "held" : verdict == ExitCode::kNo ? "lost" : "unknown";
}

json verdict_to_json(const Verdict& verdict) {
  json object{{"fate", fate_name(verdict.fate)}};
  if (!verdict.why.empty()) object["why"] = verdict.why;
  if (!is_lost(verdict.fate)) return object;
  object["level"] = level_name(verdict.level);
  if (!verdict.rule.empty()) object["rule"] = verdict.rule;
  if (!verdict.where.file.empty()) object["file"] = verdict.where.file;
  if (verdict.where.line != 0) object["line"] = verdict.where.line;
  if (!verdict.waived_by.empty()) {
    object["waived_by"] = verdict.waived_by;
    object["waiver_reason"] = verdict.waiver_reason;
  }
  return object;
}

json cell_to_json(const Protection& protection, const UnitCell& cell) {
  json object = verdict_to_json(cell.verdict);
  object["protection"] = protection.label();
  object["requested"] = cell.asked.requested;
  object["effective"] = cell.asked.effective;
  object["effective_state"] = layer_state_name(cell.asked.state);
  object["realised"] = {{"held", cell.realised.held},
                        {"missing", cell.realised.missing},
                        {"not_applicable", cell.realised.not_applicable},
                        {"unknown", cell.realised.unknown}};
  return object;
}

json function_to_json(const JoinedFunction& function) {
  json object{{"symbol", function.symbol},
              {"has_code", function.has_code},
              {"expects_canary", function.expects_canary},
              {"fortifiable_calls", function.fortifiable_calls},
              {"weakened_by", function.weakened_by},
              {"protections", json::array()}};
  if (function.where.line != 0) {
    object["file"] = function.where.file;
    object["line"] = function.where.line;
  }
  if (function.has_code) {
    object["address"] = function.address;
    object["size"] = function.size;
  }
  if (!function.disassembly.empty()) object["disassembly"] = function.disassembly;
  for (const FunctionCell& cell : function.cells) {
    json one = verdict_to_json(cell.verdict);
    one["protection"] = cell.property;
    one["realised"] = layer_state_name(cell.realised);
    if (!cell.detail.empty()) one["detail"] = cell.detail;
    object["protections"].push_back(std::move(one));
  }
  return object;
}

json unit_to_json(const Picture& picture, const JoinedUnit& unit) {
  json object{{"name", unit.name},
              {"source", unit.source},
              {"compiler", unit.compiler},
              {"coverage", coverage_name(unit.coverage)},
              {"protections", json::array()},
              {"functions", json::array()},
              {"findings", json::array()}};
  for (std::size_t i = 0; i < unit.cells.size(); ++i)
    object["protections"].push_back(cell_to_json(picture.protections[i], unit.cells[i]));
  for (const JoinedFunction& function : unit.functions) object["functions"].push_back(function_to_json(function));
  for (const Finding& finding : unit.findings) object["findings"].push_back(finding_to_json(finding));
  return object;
}

json loss_to_json(const Loss& loss) {
  json object = verdict_to_json(loss.verdict);
  object["protection"] = loss.protection;
  object["blocks"] = loss.verdict.blocks();
  if (!loss.unit.empty()) object["unit"] = loss.unit;
  if (!loss.symbol.empty()) object["symbol"] = loss.symbol;
  return object;
}

json prebuilt_to_json(const JoinedPrebuilt& one) {
  return {{"archive", one.archive.archive},     {"members", one.archive.members},
          {"functions", one.functions},         {"waived", one.archive.waived},
          {"waived_by", one.archive.waived_by}, {"waiver_reason", one.archive.waiver_reason}};
}

}  // namespace

std::string picture_to_json(const Picture& picture) {
  json object{{"proofmark_report", 1},
              {"verdict", verdict_word(picture.verdict())},
              {"board", picture.board},
              {"policy", {{"name", picture.policy}, {"sha256", picture.policy_sha256}}},
              {"unproved", picture.unproved},
              {"losses", json::array()},
              {"units", json::array()},
              {"linked", json::array()},
              {"prebuilt", json::array()},
              {"findings", json::array()},
              {"waived", waived_to_json(picture.waived)}};
  if (picture.artifact)
    object["artifact"] = {{"sha256", picture.artifact->sha256},
                          {"size", picture.artifact->size},
                          {"build_id", picture.artifact->build_id},
                          {"machine", picture.artifact->machine},
                          {"link", picture.artifact->link}};
  for (const Loss& loss : picture.losses) object["losses"].push_back(loss_to_json(loss));
  for (const JoinedUnit& unit : picture.units) object["units"].push_back(unit_to_json(picture, unit));
  for (const LinkedProperty& linked : picture.linked) {
    object["linked"].push_back(verdict_to_json(linked.verdict));
    object["linked"].back()["property"] = linked.property;
  }
  for (const JoinedPrebuilt& one : picture.prebuilt) object["prebuilt"].push_back(prebuilt_to_json(one));
  for (const Finding& finding : picture.file_findings) object["findings"].push_back(finding_to_json(finding));
  for (const Finding& finding : picture.own_findings) object["findings"].push_back(finding_to_json(finding));
  return dump_json(object);
}

std::string picture_to_sarif(const Picture& picture, const std::filesystem::path& root) {
  Report report{"proofmark-report",
                PROOFMARK_VERSION,
                picture.board,
                picture.policy,
                "",
                root,
                {kNotRealised, kUnitUnproved, kWaiverExpired, kWaiverUnused, kWaiverRefused},
                picture.file_findings};
  for (const JoinedUnit& unit : picture.units)
    report.findings.insert(report.findings.end(), unit.findings.begin(), unit.findings.end());
  report.findings.insert(report.findings.end(), picture.own_findings.begin(), picture.own_findings.end());
  Review reviewed = review(std::move(report));
  reviewed.comments = picture.source_waivers;
  reviewed.rule_pages = default_rule_pages();
  reviewed.incomplete = picture.verdict() == ExitCode::kCannotTell;
  return to_sarif(reviewed);
}

}  // namespace proofmark::report
