// SPDX-License-Identifier: Apache-2.0
//
// SARIF 2.1.0 (OASIS). Section numbers below are those of the specification.
#include "report/sarif_writer.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/digest.h"
#include "report/file.h"
#include "report/source_cache.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

const char* sarif_level(Level level) {
  switch (level) {
    case Level::kMust:
      return "error";
    case Level::kShould:
      return "warning";
    case Level::kAdvisory:
    case Level::kOff:
      break;
  }
  return "note";
}

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

std::string without_blanks(std::string_view line) {
  std::string kept;
  std::ranges::copy_if(line, std::back_inserter(kept), [](char c) { return c != ' ' && c != '\t'; });
  return kept;
}

class Writer {
 public:
  explicit Writer(const Report& report) : report_(report), findings_(report.findings) {
    std::erase_if(findings_, [](const Finding& finding) { return finding.level == Level::kOff; });
    sort_and_deduplicate(findings_);
  }

  json run() {
    json run{{"tool", {{"driver", driver()}}},
             {"columnKind", "utf16CodeUnits"},
             {"originalUriBaseIds", {{"SRCROOT", {{"description", {{"text", "root of the analysed source tree"}}}}}}},
             {"results", json::array()}};
    if (!report_.board.empty()) {
      // Section 3.17.3: an id with a final slash is all category, so results for one board replace that board's only.
      run["automationDetails"] = {{"id", report_.board + "/"}};
    }
    for (const Finding& finding : findings_) run["results"].push_back(result(finding));
    return run;
  }

 private:
  json driver() const {
    json rules = json::array();
    for (const RuleInfo& rule : report_.rules) rules.push_back(describe(rule));
    return {{"name", report_.tool}, {"semanticVersion", report_.version}, {"rules", rules}};
  }

  static json describe(const RuleInfo& rule) {
    json tags = json::array({"security"});
    if (rule.cwe != 0) tags.push_back(fmt::format("external/cwe/cwe-{:03}", rule.cwe));
    const std::string page = fmt::format("docs/rules/{}.md", rule.id);
    return {{"id", rule.id},
            {"name", rule.name},
            {"shortDescription", {{"text", rule.summary}}},
            {"fullDescription", {{"text", rule.summary}}},
            {"help", {{"text", fmt::format("{} See {}, or run: proofmark explain {}", rule.summary, page, rule.id)}}},
            {"helpUri", fmt::format("urn:proofmark:rule:{}", rule.id)},
            {"defaultConfiguration", {{"level", sarif_level(rule.default_level)}}},
            {"properties", {{"tags", tags}, {"precision", "high"}}}};
  }

  json result(const Finding& finding) {
    json result{{"ruleId", finding.rule},
                {"level", sarif_level(finding.level)},
                {"message", {{"text", message(finding)}}},
                {"locations", json::array({location(finding.where, {})})},
                {"partialFingerprints", {{"primaryLocationLineHash", fingerprint(finding)}}}};
    const auto rule = std::ranges::find(report_.rules, finding.rule, &RuleInfo::id);
    if (rule != report_.rules.end()) result["ruleIndex"] = rule - report_.rules.begin();
    if (finding.cwe != 0)
      result["properties"]["tags"] = json::array({fmt::format("external/cwe/cwe-{:03}", finding.cwe)});
    if (!finding.unit.empty()) result["properties"]["unit"] = display_path(report_.root, finding.unit);
    if (!finding.path.empty()) result["codeFlows"] = json::array({code_flow(finding)});
    if (!finding.waived_by.empty()) {
      result["suppressions"] =
          json::array({{{"kind", "external"},
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
        physical["artifactLocation"] = {{"uri", percent_encode(path)}, {"uriBaseId", "SRCROOT"}};
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
    for (const PathStep& step : finding.path) steps.push_back({{"location", location(step.where, step.message)}});
    steps.push_back({{"location", location(finding.where, finding.message)}});
    return {{"threadFlows", json::array({{{"locations", std::move(steps)}}})}};
  }

  // Rule, file and text of the line, plus a counter for equal ones: line numbers are left out, so that a finding keeps
  // its identity when lines are added above it.
  std::string fingerprint(const Finding& finding) {
    std::string_view line = sources_.line(finding.where.file, finding.where.line);
    const std::string text = line.empty() ? finding.message : without_blanks(line);
    const std::string key =
        sha256_hex(fmt::format("{}\n{}\n{}", finding.rule, display_path(report_.root, finding.where.file), text));
    return fmt::format("{}:{}", key.substr(0, 16), ++occurrences_[key]);
  }

  const Report& report_;
  std::vector<Finding> findings_;
  SourceCache sources_;
  std::map<std::string, unsigned> occurrences_;
};

}  // namespace

std::string to_sarif(const Report& report) {
  const json document{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                      {"version", "2.1.0"},
                      {"runs", json::array({Writer(report).run()})}};
  return dump_json(document);
}

}  // namespace proofmark::report
