// SPDX-License-Identifier: Apache-2.0
//
// A unit's result as JSON; see unit_result.h.
#include "engine/unit_result.h"

#include <nlohmann/json.hpp>

#include "report/file.h"

namespace proofmark::analyze {
namespace {

using nlohmann::json;

constexpr std::string_view kOrigin = "result";

template <class T, class Read>
bool read_list(const json& document, const char* name, std::vector<T>& into, Read read) {
  const auto list = document.find(name);
  if (list == document.end() || !list->is_array()) return false;
  for (const json& one : *list) {
    auto item = read(one, kOrigin);
    if (!item) return false;
    into.push_back(std::move(*item));
  }
  return true;
}

report::Result<std::string> read_file_name(const json& one, std::string_view) {
  if (!one.is_string()) return tl::unexpected(report::Error{"not a name", ""});
  return one.get<std::string>();
}

}  // namespace

UnitResult failed_unit(std::string why) {
  UnitResult result;
  result.failure = std::move(why);
  return result;
}

std::string unit_result_to_json(const UnitResult& result) {
  json findings = json::array();
  for (const report::Finding& finding : result.findings) findings.push_back(report::finding_to_json(finding));
  json fixes = json::array();
  for (const Fix& fix : result.fixes) fixes.push_back(fix_to_json(fix));
  json functions = json::array();
  for (const report::SourceFunction& function : result.functions)
    functions.push_back(report::source_function_to_json(function));
  json waivers = json::array();
  for (const report::Waiver& waiver : result.waivers) waivers.push_back(report::waiver_to_json(waiver));
  return report::dump_json({{"analysed", result.analysed},
                            {"failure", result.failure},
                            {"lasting", result.lasting},
                            {"files", result.files_read},
                            {"functions", functions},
                            {"waivers", waivers},
                            {"fixes", fixes},
                            {"findings", findings}});
}

std::optional<UnitResult> unit_result_from_json(std::string_view text) {
  const json document = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!document.is_object()) return std::nullopt;
  UnitResult result;
  const auto analysed = document.find("analysed");
  const auto failure = document.find("failure");
  const auto lasting = document.find("lasting");
  if (analysed == document.end() || !analysed->is_boolean() || failure == document.end() || !failure->is_string() ||
      lasting == document.end() || !lasting->is_boolean())
    return std::nullopt;
  result.analysed = analysed->get<bool>();
  result.failure = failure->get<std::string>();
  result.lasting = lasting->get<bool>();
  const bool complete = read_list(document, "files", result.files_read, read_file_name) &&
                        read_list(document, "functions", result.functions, report::source_function_from_json) &&
                        read_list(document, "waivers", result.waivers, report::waiver_from_json) &&
                        read_list(document, "fixes", result.fixes, fix_from_json) &&
                        read_list(document, "findings", result.findings, report::finding_from_json);
  if (!complete) return std::nullopt;
  return result;
}

}  // namespace proofmark::analyze
