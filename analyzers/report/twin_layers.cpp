// SPDX-License-Identifier: Apache-2.0
//
// See twin_layers.h.
#include "report/twin_layers.h"

#include <algorithm>
#include <array>

namespace proofmark::report {
namespace {

// From the worst to the best.
constexpr std::array kOrder{LayerState::kMissing, LayerState::kUnsupported, LayerState::kUnknown, LayerState::kHeld,
                            LayerState::kNotApplicable};

bool is_worse(LayerState one, LayerState other) {
  return std::ranges::find(kOrder, one) < std::ranges::find(kOrder, other);
}

void add(std::vector<UnitProtection>& protections, const UnitProtection& more) {
  const auto known = std::ranges::find(protections, more.rule, &UnitProtection::rule);
  if (known == protections.end())
    protections.push_back(more);
  else if (is_worse(more.state, known->state))
    *known = more;
}

void add(std::vector<SourceFunction>& functions, const SourceFunction& more) {
  const auto known = std::ranges::find(functions, more.symbol, &SourceFunction::symbol);
  if (known == functions.end()) return functions.push_back(more);
  known->expects_canary = known->expects_canary || more.expects_canary;
  known->fortifiable_calls = std::max(known->fortifiable_calls, more.fortifiable_calls);
  known->weakened_by.insert(known->weakened_by.end(), more.weakened_by.begin(), more.weakened_by.end());
  std::ranges::sort(known->weakened_by);
  const auto repeated = std::ranges::unique(known->weakened_by);
  known->weakened_by.erase(repeated.begin(), repeated.end());
}

}  // namespace

UnitLayers both_layers(const UnitLayers& one, const UnitLayers& other) {
  UnitLayers both = one;
  if (other.compiler != one.compiler) both.compiler += ", " + other.compiler;
  for (const UnitProtection& protection : other.protections) add(both.protections, protection);
  for (const SourceFunction& function : other.functions) add(both.functions, function);
  return both;
}

}  // namespace proofmark::report
