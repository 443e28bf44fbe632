// SPDX-License-Identifier: Apache-2.0
//
// The tables behind rule_effects.h.
#include "report/rule_effects.h"

#include <algorithm>
#include <array>

namespace proofmark::report {
namespace {

struct Effect {
  std::string_view rule, property;
};

constexpr std::size_t kRuleIdLength = 6;

struct Weakeners {
  std::string_view property, rules;
};

constexpr std::array kWeakeners = {
    // Attributes and pragmas; protected code inlined into unprotected; the check or its guard replaced.
    Weakeners{"canary", "PMS201 PMS202 PMS203 PMS204 PMS205 PMS415 PMS438"},
    // Optimisation switched off, the macro changed, the checked variant bypassed, a C library that has none.
    Weakeners{"fortify", "PMS202 PMS203 PMS207 PMS208 PMS209 PMS210"},
    Weakeners{"branch-protection", "PMS211 PMS212 PMS406"},
    Weakeners{"auto-var-init", "PMS213"},
    // Pragmas, system headers and line markers that hide what the command made an error.
    Weakeners{"warnings-as-errors", "PMS301 PMS302 PMS303 PMS304 PMS305 PMS306 PMS307"},
};

constexpr std::array kFileEffects = {
    Effect{"PME001", "pie"},           Effect{"PME003", "no-runpath"}, Effect{"PME004", "relro"},
    Effect{"PME005", "bind-now"},      Effect{"PME006", "nx-stack"},   Effect{"PME007", "no-writable-code"},
    Effect{"PME008", "no-textrel"},    Effect{"PME009", "canary"},     Effect{"PME010", "branch-protection"},
    Effect{"PME012", "no-build-path"},
};

}  // namespace

bool weakens(std::string_view rule, std::string_view property) {
  const auto found = std::ranges::find(kWeakeners, property, &Weakeners::property);
  return found != kWeakeners.end() && rule.size() == kRuleIdLength && found->rules.find(rule) != std::string_view::npos;
}

std::string_view file_property(std::string_view rule) {
  const auto found = std::ranges::find(kFileEffects, rule, &Effect::rule);
  return found == kFileEffects.end() ? std::string_view() : found->property;
}

bool linking_can_lose(std::string_view property) {
  constexpr std::string_view kLinked[] = {"pie", "branch-protection", "no-build-path"};
  return std::ranges::find(kLinked, property) != std::end(kLinked);
}

}  // namespace proofmark::report
