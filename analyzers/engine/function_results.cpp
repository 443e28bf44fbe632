// SPDX-License-Identifier: Apache-2.0
//
// Kept results of functions; see function_results.h.
#include "engine/function_results.h"

#include <nlohmann/json.hpp>

#include "report/json_reader.h"

namespace proofmark::analyze {
namespace {

using nlohmann::json;

// An entry that grows beyond this begins anew: what an editor's many states left behind.
constexpr std::size_t kMostFunctions = 4096;

json to_json(const std::vector<Anchor>& anchors) {
  json list = json::array();
  for (const Anchor anchor : anchors) list.push_back({anchor.slice, anchor.token});
  return list;
}

json to_json(const KeptFunction& function) {
  json reports = json::array();
  for (const KeptReport& one : function.reports)
    reports.push_back({{"finding", report::finding_to_json(one.finding)}, {"places", to_json(one.places)}});
  return {{"reports", reports}, {"inlined", function.inlined}, {"too_long", function.too_long}};
}

std::vector<Anchor> read_anchors(report::JsonReader& reader, const json& object, const char* key) {
  std::vector<Anchor> anchors;
  for (const json& one : reader.list(object, key)) {
    if (!one.is_array() || one.size() != 2 || !one[0].is_number_integer() || !one[1].is_number_unsigned()) {
      reader.fail("not an anchor");
      break;
    }
    anchors.push_back({one[0].get<std::int32_t>(), one[1].get<std::uint32_t>()});
  }
  return anchors;
}

std::vector<std::uint32_t> read_numbers(report::JsonReader& reader, const json& object, const char* key) {
  std::vector<std::uint32_t> numbers;
  for (const json& one : reader.list(object, key)) {
    if (!one.is_number_unsigned())
      reader.fail("not a number");
    else
      numbers.push_back(one.get<std::uint32_t>());
  }
  return numbers;
}

std::optional<KeptFunction> read_function(const json& object) {
  report::JsonReader reader;
  KeptFunction function;
  function.inlined = read_numbers(reader, object, "inlined");
  function.too_long = read_numbers(reader, object, "too_long");
  for (const json& one : reader.list(object, "reports")) {
    auto finding = report::finding_from_json(reader.member(one, "finding"), "kept result");
    if (!finding) return std::nullopt;
    function.reports.push_back({std::move(*finding), read_anchors(reader, one, "places")});
    if (function.reports.back().places.size() != function.reports.back().finding.path.size() + 1) return std::nullopt;
  }
  if (!reader.problem().empty()) return std::nullopt;
  return function;
}

}  // namespace

FunctionResults::FunctionResults(const CacheDirectory* directory, const std::string& key)
    : directory_(directory), name_{EntryKind::kFunctions, key} {
  if (directory_ != nullptr) load();
}

void FunctionResults::load() {
  const std::string sealed = directory_->read(name_);
  const auto body = open_entry(name_, sealed);
  if (!body) return;
  const json document = json::parse(*body, nullptr, /*allow_exceptions=*/false);
  if (!document.is_object() || document.size() > kMostFunctions) return;
  for (const auto& [digest, object] : document.items())
    if (auto function = read_function(object)) kept_.emplace(digest, std::move(*function));
}

const KeptFunction* FunctionResults::find(const std::string& digest) const {
  const auto found = kept_.find(digest);
  return found == kept_.end() ? nullptr : &found->second;
}

void FunctionResults::keep(const std::string& digest, KeptFunction result) {
  if (directory_ == nullptr) return;
  kept_.insert_or_assign(digest, std::move(result));
  changed_ = true;
}

void FunctionResults::save() const {
  if (!changed_) return;
  json document = json::object();
  for (const auto& [digest, function] : kept_) document[digest] = to_json(function);
  (void)directory_->write(name_, seal_entry(name_, document.dump(-1, ' ', false, json::error_handler_t::replace)));
}

}  // namespace proofmark::analyze
