// SPDX-License-Identifier: Apache-2.0
//
// The JSON form of layers; see layers.h.
#include "report/layers.h"

#include <algorithm>
#include <array>

#include "report/file.h"
#include "report/json_reader.h"

namespace proofmark::report {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 5> kStates{"held", "missing", "not-applicable", "unsupported", "unknown"};

json protection_to_json(const UnitProtection& protection) {
  return {{"rule", protection.rule},
          {"property", protection.property},
          {"requested", protection.requested},
          {"effective", protection.effective},
          {"reason", protection.reason},
          {"state", layer_state_name(protection.state)},
          {"level", level_name(protection.level)}};
}

json unit_to_json(const UnitLayers& unit) {
  json object{
      {"name", unit.name}, {"compiler", unit.compiler}, {"protections", json::array()}, {"functions", json::array()}};
  for (const auto& protection : unit.protections) object["protections"].push_back(protection_to_json(protection));
  for (const auto& function : unit.functions) object["functions"].push_back(source_function_to_json(function));
  return object;
}

json realised_to_json(const RealisedFunction& function) {
  json object{{"symbol", function.symbol},          {"unit", function.unit}, {"origin", function.origin},
              {"address", function.address},        {"size", function.size}, {"protections", json::array()},
              {"disassembly", function.disassembly}};
  for (const RealisedProtection& one : function.protections)
    object["protections"].push_back(
        {{"property", one.property}, {"state", layer_state_name(one.state)}, {"detail", one.detail}});
  return object;
}

class Reader : public JsonReader {
 public:
  SourceFunction read_function(const json& one) {
    return {text(one, "symbol"),
            {text(one, "file"), number<unsigned>(one, "line"), number<unsigned>(one, "column")},
            number<unsigned>(one, "last_line"),
            flag(one, "expects_canary"),
            number<unsigned>(one, "fortifiable_calls"),
            texts(one, "weakened_by")};
  }

  void read(const json& object, Layers& layers) {
    if (number<unsigned>(object, "proofmark_layers") != 1) fail("unknown version (expected 1)");
    if (layers.evidence.kind == EvidenceKind::kCheck) {
      for (const json& unit : list(object, "units")) layers.units.push_back(read_unit(unit));
    } else {
      for (const json& function : list(object, "functions")) layers.functions.push_back(read_realised(function));
    }
  }

 private:
  LayerState state(const json& object) { return static_cast<LayerState>(word(object, "state", kStates)); }

  Level level(const json& object) {
    const auto level = parse_level(text(object, "level"));
    if (level) return *level;
    fail(fmt::format("\"level\": {}", level.error().message));
    return Level::kMust;
  }

  UnitLayers read_unit(const json& object) {
    UnitLayers unit{text(object, "name"), text(object, "compiler"), {}, {}};
    for (const json& one : list(object, "protections"))
      unit.protections.push_back({text(one, "rule"), text(one, "property"), text(one, "requested"),
                                  text(one, "effective"), state(one), text(one, "reason"), level(one)});
    for (const json& one : list(object, "functions")) unit.functions.push_back(read_function(one));
    return unit;
  }

  RealisedFunction read_realised(const json& object) {
    RealisedFunction function{text(object, "symbol"),
                              text(object, "unit"),
                              text(object, "origin"),
                              number<std::uint64_t>(object, "address"),
                              number<std::uint64_t>(object, "size"),
                              {},
                              texts(object, "disassembly")};
    for (const json& one : list(object, "protections"))
      function.protections.push_back({text(one, "property"), state(one), text(one, "detail")});
    return function;
  }
};

}  // namespace

std::string_view layer_state_name(LayerState state) {
  return kStates.at(static_cast<std::size_t>(state));
}

json source_function_to_json(const SourceFunction& function) {
  return {{"symbol", function.symbol},
          {"file", function.where.file},
          {"line", function.where.line},
          {"column", function.where.column},
          {"last_line", function.last_line},
          {"expects_canary", function.expects_canary},
          {"fortifiable_calls", function.fortifiable_calls},
          {"weakened_by", function.weakened_by}};
}

Result<SourceFunction> source_function_from_json(const json& object, std::string_view origin) {
  Reader reader;
  SourceFunction function = reader.read_function(object);
  if (reader.problem().empty()) return function;
  return tl::unexpected(Error{fmt::format("{}: not a function: {}", origin, reader.problem()), ""});
}

std::string layers_to_json(const Layers& layers) {
  json object{{"proofmark_layers", 1}, {"evidence", json::parse(evidence_to_json(layers.evidence))}};
  if (layers.evidence.kind == EvidenceKind::kCheck) {
    object["units"] = json::array();
    for (const UnitLayers& unit : layers.units) object["units"].push_back(unit_to_json(unit));
  } else {
    object["functions"] = json::array();
    for (const RealisedFunction& function : layers.functions) object["functions"].push_back(realised_to_json(function));
  }
  return dump_json(object);
}

Result<Layers> layers_from_json(std::string_view text, const std::string& origin) {
  const auto parsed = parse_json(text, origin);
  if (!parsed) return tl::unexpected(parsed.error());
  const std::string hint = "layers are written by `proofmark check` and `proofmark audit` with --layers FILE";
  if (!parsed->is_object() || !parsed->contains("evidence"))
    return tl::unexpected(Error{origin + ": not a layers file: \"evidence\" is missing", hint});
  auto evidence = evidence_from_json((*parsed)["evidence"].dump(), origin);
  if (!evidence) return tl::unexpected(evidence.error());
  Layers layers{std::move(*evidence), {}, {}};
  Reader reader;
  reader.read(*parsed, layers);
  if (!reader.problem().empty())
    return tl::unexpected(Error{origin + ": not a layers file: " + reader.problem(), hint});
  return layers;
}

Result<Layers> read_layers(const std::filesystem::path& file) {
  const auto bytes = read_file(file);
  if (!bytes) return tl::unexpected(bytes.error());
  return layers_from_json(*bytes, file.string());
}

Result<Layers> merge_layers(const std::vector<Layers>& parts) {
  std::vector<Evidence> evidence;
  for (const Layers& part : parts) evidence.push_back(part.evidence);
  auto joined = merge(evidence);
  if (!joined) return tl::unexpected(joined.error());
  Layers layers{std::move(*joined), {}, {}};
  for (const Layers& part : parts)
    for (const UnitLayers& unit : part.units)
      if (std::ranges::find(layers.units, unit) == layers.units.end()) layers.units.push_back(unit);
  return layers;
}

}  // namespace proofmark::report
