// SPDX-License-Identifier: Apache-2.0
//
// Layers files: what is written is read back, a file that is not as it should be is refused with its reason, and the
// parts of one build join.
#include "report/layers.h"
#include "check.h"
#include "layers_samples.h"
#include "report/digest.h"
#include "report/file.h"

namespace proofmark::test {
namespace {

using report::Layers;
using report::LayerState;

std::string round_trip(const report::Layers& layers) {
  const std::string text = report::layers_to_json(layers);
  const auto back = report::layers_from_json(text, "l.json");
  return back ? same(report::layers_to_json(*back), text) : back.error().message;
}

std::string reads_back_what_it_wrote() {
  return round_trip(check_layers()) + round_trip(audit_layers());
}

std::string samples_match_the_files_that_programs_are_tested_with() {
  const auto golden = [](const char* name) {
    return report::read_file(std::string(TEST_DATA) + "/" + name).value_or("(missing)");
  };
  return same(report::layers_to_json(check_layers()), golden("check.layers.json")) +
         same(report::layers_to_json(audit_layers()), golden("audit.layers.json"));
}

// The message when `from` is replaced by `to` in good layers.
std::string refusal(const report::Layers& layers, std::string_view from, std::string_view to) {
  std::string text = report::layers_to_json(layers);
  const std::size_t at = text.find(from);
  if (at == std::string::npos) return "the sample has no such text";
  return error_of(report::layers_from_json(text.replace(at, from.size(), to), "l.json"));
}

std::string says_what_is_wrong() {
  const std::string prefix = "l.json: not a layers file: ";
  return same(refusal(check_layers(), "\"proofmark_layers\": 1", "\"proofmark_layers\": 2"),
              prefix + "unknown version (expected 1)") +
         same(refusal(check_layers(), "\"state\": \"missing\"", "\"state\": \"lost\""),
              prefix + "\"state\" is unknown (found lost)") +
         same(refusal(check_layers(), "\"expects_canary\": true", "\"expects_canary\": 1"),
              prefix + "\"expects_canary\" is not true or false (found 1)") +
         same(refusal(audit_layers(), "\"address\": 4096", "\"address\": -1"),
              prefix + "\"address\" is not a count (found -1)");
}

std::string refuses_an_unknown_level() {
  report::Layers layers = check_layers();
  layers.evidence.findings.clear();
  report::conclude(layers.evidence, false);
  return same(refusal(layers, "\"level\": \"must\"", "\"level\": \"perhaps\""),
              "l.json: not a layers file: \"level\": unknown level (expected off, advisory, should or must, found "
              "\"perhaps\")");
}

std::string refuses_what_is_no_layers_file() {
  return same(error_of(report::layers_from_json("[]", "l.json")),
              "l.json: not a layers file: \"evidence\" is missing") +
         holds(!report::layers_from_json("{", "l.json"), "half a document is refused");
}

Layers layers_of(const char* name, const char* effective) {
  Layers layers;
  layers.evidence.tool = "proofmark-analyze";
  layers.evidence.tool_version = "0.1.0";
  layers.evidence.policy = "p";
  layers.evidence.policy_sha256 = report::sha256_hex("policy");
  layers.evidence.units = {{name, name, "01", "11", true}};
  report::conclude(layers.evidence, false);
  report::UnitLayers unit{name, "GCC 12.2.0 for aarch64-linux-gnu", {}, {}};
  unit.protections.push_back(
      {"PMF003", "canary", "-fstack-protector-strong -fno-stack-protector", effective, LayerState::kMissing, "why"});
  unit.functions.push_back({"f", {name, 3, 5}, 9, true, 2, {"PMS201"}});
  layers.units.push_back(unit);
  return layers;
}

std::string joins_units_and_keeps_equal_ones_once() {
  const auto joined =
      report::merge_layers({layers_of("/p/a.c", "none"), layers_of("/p/b.c", "none"), layers_of("/p/a.c", "none")});
  if (!joined) return joined.error().message;
  return holds(joined->units.size() == 2 && joined->evidence.units.size() == 2, "two units");
}

std::string joins_only_what_evidence_allows() {
  Layers other = layers_of("/p/b.c", "none");
  other.evidence.board = "other";
  return holds(!report::merge_layers({layers_of("/p/a.c", "none"), other}), "two boards");
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {named<reads_back_what_it_wrote>("reads_back_what_it_wrote"),
                              named<samples_match_the_files_that_programs_are_tested_with>(
                                  "samples_match_the_files_that_programs_are_tested_with"),
                              named<says_what_is_wrong>("says_what_is_wrong"),
                              named<refuses_an_unknown_level>("refuses_an_unknown_level"),
                              named<refuses_what_is_no_layers_file>("refuses_what_is_no_layers_file"),
                              named<joins_units_and_keeps_equal_ones_once>("joins_units_and_keeps_equal_ones_once"),
                              named<joins_only_what_evidence_allows>("joins_only_what_evidence_allows")};
  return cmocka_run_group_tests_name("layers", tests, nullptr, nullptr);
}
