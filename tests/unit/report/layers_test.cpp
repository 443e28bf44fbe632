// SPDX-License-Identifier: Apache-2.0
//
// Layers: what is written is read back, and the parts of one build join.
#include "report/layers.h"
#include "check.h"
#include "report/digest.h"

namespace proofmark::test {
namespace {

using report::Layers;
using report::LayerState;

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

std::string reads_back_what_it_wrote() {
  const Layers layers = layers_of("/p/a.c", "none");
  const auto back = report::layers_from_json(report::layers_to_json(layers), "l.json");
  return back ? holds(back->units == layers.units, "the units are equal") : back.error().message;
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
  const CMUnitTest tests[] = {
      named<reads_back_what_it_wrote>("reads_back_what_it_wrote"),
      named<joins_units_and_keeps_equal_ones_once>("joins_units_and_keeps_equal_ones_once"),
      named<joins_only_what_evidence_allows>("joins_only_what_evidence_allows"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
