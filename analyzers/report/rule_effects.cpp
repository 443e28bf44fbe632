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

constexpr std::array kSourceEffects = {
    Effect{"PMS201", "canary"},             // attribute no_stack_protector
    Effect{"PMS202", "canary"},             // attribute optimize(...)
    Effect{"PMS202", "fortify"},            //
    Effect{"PMS203", "canary"},             // pragma GCC optimize
    Effect{"PMS203", "fortify"},            //
    Effect{"PMS204", "canary"},             // pragma clang attribute
    Effect{"PMS205", "canary"},             // protected function inlined into an unprotected one
    Effect{"PMS207", "fortify"},            // _FORTIFY_SOURCE undefined or redefined
    Effect{"PMS208", "fortify"},            // __builtin_ called directly
    Effect{"PMS209", "fortify"},            // own prototype
    Effect{"PMS210", "fortify"},            // C library without fortification
    Effect{"PMS211", "branch-protection"},  // attribute or pragma target
    Effect{"PMS212", "branch-protection"},  // nocf_check and its like
    Effect{"PMS213", "auto-var-init"},      // attribute uninitialized
    Effect{"PMS406", "branch-protection"},  // assembly without the property note
    Effect{"PMS415", "canary"},             // own __stack_chk_fail
};

constexpr std::array kFileEffects = {
    Effect{"PME001", "pie"},           Effect{"PME003", "no-runpath"}, Effect{"PME004", "relro"},
    Effect{"PME005", "bind-now"},      Effect{"PME006", "nx-stack"},   Effect{"PME007", "no-writable-code"},
    Effect{"PME008", "no-textrel"},    Effect{"PME009", "canary"},     Effect{"PME010", "branch-protection"},
    Effect{"PME012", "no-build-path"},
};

}  // namespace

bool weakens(std::string_view rule, std::string_view property) {
  return std::ranges::any_of(kSourceEffects,
                             [&](const Effect& one) { return one.rule == rule && one.property == property; });
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
