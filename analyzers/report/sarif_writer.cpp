// SPDX-License-Identifier: Apache-2.0
//
// SARIF 2.1.0 (OASIS). Section numbers below are those of the specification.
#include "report/sarif_writer.h"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/file.h"
#include "report/sarif_rules.h"
#include "report/source_cache.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

// GitHub rejects a run with more than 25,000 results and keeps 5,000, and 1,000 places of a path.
constexpr std::size_t kMaxResults = 5000, kMaxFlowLocations = 1000;

// RFC 3986 section 3.3: what may stand unescaped in a path.
std::string percent_encode(std::string_view path) {
  std::string uri;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/+,=@!$&'()*;").find(c) != std::string_view::npos;
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

// Which ones to write: the most urgent, in their order.
std::vector<const Reviewed*> keep(const std::vector<Reviewed>& all, std::size_t limit) {
  std::vector<const Reviewed*> kept;
  for (const Reviewed& one : all) kept.push_back(&one);
  if (kept.size() <= limit) return kept;
  std::ranges::sort(kept, [](const Reviewed* a, const Reviewed* b) {
    return std::pair(b->urgency(), a) < std::pair(a->urgency(), b);
  });
  kept.resize(limit);
  std::ranges::sort(kept);
  return kept;
}

const char* baseline_state(const Reviewed& one) {
  return one.excused() ? "unchanged" : "new";
}

constexpr const char* kRoot = "%SRCROOT%";  // the name that GitHub's own examples use

class Writer {
 public:
  explicit Writer(const Review& review)
      : report_(review.report), review_(review), findings_(keep(review.findings, kMaxResults)), rules_(review) {}

  json run() {
    json run{{"tool", {{"driver", driver()}}},
             {"columnKind", "utf16CodeUnits"},
             {"originalUriBaseIds", {{kRoot, {{"description", {{"text", "root of the analysed source tree"}}}}}}},
             {"results", json::array()}};
    // Section 3.17.3: an id with a final slash is all category, so results for one board replace that board's only.
    if (const std::string& name = report_.board.empty() ? report_.policy : report_.board; !name.empty())
      run["automationDetails"] = {{"id", name + "/"}};
    for (const Reviewed* one : findings_) run["results"].push_back(result(*one));
    for (const Reviewed& one : review_.gone) {
      run["results"].push_back(result(one));
      run["results"].back()["baselineState"] = "absent";
    }
    run["invocations"] = json::array({invocation()});
    return run;
  }

 private:
  json driver() const {
    return {{"name", report_.tool}, {"semanticVersion", report_.version}, {"rules", rules_.list()}};
  }

  // Whoever reads the results must be able to tell that they are not all.
  json invocation() const {
    json notes = json::array();
    const auto note = [&notes](std::string text) {
      notes.push_back({{"level", "warning"}, {"message", {{"text", std::move(text)}}}});
    };
    const std::size_t cut_results = review_.findings.size() - findings_.size();
    if (cut_results > 0)
      note(fmt::format("{} results were left out: the {} most severe are kept, which is what GitHub shows", cut_results,
                       kMaxResults));
    if (cut_flows_ > 0)
      note(fmt::format("{} results have longer paths: the last {} places of each are kept", cut_flows_,
                       kMaxFlowLocations));
    if (rules_.cut_tags() > 0)
      note(fmt::format("{} rules have more tags than the 10 that are kept", rules_.cut_tags()));
    json invocation{{"executionSuccessful", !review_.incomplete}};
    if (!notes.empty()) invocation["toolExecutionNotifications"] = std::move(notes);
    return invocation;
  }

  json result(const Reviewed& one) {
    const Finding& finding = one.finding;
    json result{{"ruleId", finding.rule},
                {"ruleIndex", rules_.index(finding.rule)},
                {"level", sarif_level(finding.level)},
                {"message", {{"text", message(finding)}}},
                {"locations", json::array({location(finding.where, {})})},
                {"partialFingerprints", {{"primaryLocationLineHash", one.id}}}};
    if (one.novelty != Novelty::kUntold) result["baselineState"] = baseline_state(one);
    if (finding.cwe != 0) result["properties"]["tags"] = json::array({cwe_tag(finding.cwe)});
    if (!finding.unit.empty()) result["properties"]["unit"] = display_path(report_.root, finding.unit);
    if (!finding.path.empty()) result["codeFlows"] = json::array({code_flow(finding)});
    if (!finding.waived_by.empty()) {
      result["suppressions"] =
          json::array({{{"kind", review_.waived_in_source(finding) ? "inSource" : "external"},
                        {"status", "accepted"},
                        {"justification", fmt::format("{} (owner {})", finding.waiver_reason, finding.waived_by)}}});
    }
    return result;
  }

  static std::string message(const Finding& finding) {
    std::string text = finding.message;
    if (!finding.tag.empty()) text += fmt::format(" [{}]", finding.tag);
    if (!finding.hint.empty()) text += fmt::format("\nhint: {}", finding.hint);
    return text;
  }

  json location(const Location& where, const std::string& step) {
    json object = json::object();
    if (!where.file.empty()) {
      json& physical = object["physicalLocation"];
      const std::string path = display_path(report_.root, where.file);
      if (path.starts_with('/')) {
        physical["artifactLocation"] = {{"uri", "file://" + percent_encode(path)}};
      } else {
        physical["artifactLocation"] = {{"uri", percent_encode(path)}, {"uriBaseId", kRoot}};
      }
      physical["region"] = region(where);
    }
    if (!step.empty()) object["message"] = {{"text", step}};
    return object;
  }

  // Our columns count bytes, SARIF's count UTF-16 units (section 3.14.17). GitHub shows nothing without a region, so a
  // finding about a whole file points at its first line.
  json region(const Location& where) {
    json region{{"startLine", std::max(where.line, 1U)}};
    if (where.column == 0) return region;
    const std::string_view before = sources_.line(where.file, where.line).substr(0, where.column - 1);
    unsigned column = where.column;
    for (const char c : before) {
      const auto byte = static_cast<unsigned char>(c);
      if ((byte & 0xC0) == 0x80) --column;  // continuation bytes are no column of their own
      if (byte >= 0xF0) ++column;           // beyond the BMP: a surrogate pair
    }
    region["startColumn"] = column;
    return region;
  }

  json code_flow(const Finding& finding) {
    json steps = json::array();
    // What is nearest to the defect explains it best.
    const std::size_t left_out =
        finding.path.size() + 1 > kMaxFlowLocations ? finding.path.size() + 1 - kMaxFlowLocations : 0;
    if (left_out > 0) ++cut_flows_;
    for (const PathStep& step : std::span(finding.path).subspan(left_out))
      steps.push_back({{"location", location(step.where, step.message)}});
    steps.push_back({{"location", location(finding.where, finding.message)}});
    return {{"threadFlows", json::array({{{"locations", std::move(steps)}}})}};
  }

  const Report& report_;
  const Review& review_;
  std::size_t cut_flows_ = 0;
  std::vector<const Reviewed*> findings_;
  SarifRules rules_;
  SourceCache sources_;
};

}  // namespace

std::string to_sarif(const Review& review) {
  const json document{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                      {"version", "2.1.0"},
                      {"runs", json::array({Writer(review).run()})}};
  return dump_json(document);
}

}  // namespace proofmark::report
