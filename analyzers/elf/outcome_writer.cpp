// SPDX-License-Identifier: Apache-2.0
//
// JSON form of the audit's answers.
#include "elf/outcome_writer.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/file.h"

namespace proofmark::elf {
namespace {

using nlohmann::json;

std::string_view status_name(Status status) {
  switch (status) {
    case Status::kPass:
      return "pass";
    case Status::kFail:
      return "fail";
    case Status::kNotApplicable:
      break;
  }
  return "not-applicable";
}

std::string detail(const Outcome& outcome) {
  if (outcome.status != Status::kFail) return outcome.detail;
  std::vector<std::string> messages;
  for (const Problem& problem : outcome.problems) messages.push_back(problem.message);
  return fmt::format("{}", fmt::join(messages, "; "));
}

json rule_to_json(const RuleResult& result) {
  return {{"id", result.rule.id},
          {"name", result.rule.name},
          {"level", report::level_name(result.level)},
          {"status", status_name(result.outcome.status)},
          {"detail", detail(result.outcome)}};
}

}  // namespace

std::string audits_to_json(const std::vector<FileAudit>& audits, const report::Review& review) {
  json document{{"proofmark_audit", 1}, {"files", json::array()}, {"findings", json::array()}};
  for (const FileAudit& audit : audits) {
    json file{{"file", audit.file},
              {"link", link_name(audit.link)},
              {"machine", audit.machine},
              {"build_id", audit.build_id},
              {"rules", json::array()}};
    for (const RuleResult& result : audit.results) file["rules"].push_back(rule_to_json(result));
    document["files"].push_back(std::move(file));
  }
  for (const report::Reviewed& one : review.findings) document["findings"].push_back(report::reviewed_to_json(one));
  return report::dump_json(document);
}

}  // namespace proofmark::elf
