// SPDX-License-Identifier: Apache-2.0
//
// See function_list.h.
#include "elf/rules/function_list.h"

#include <algorithm>

#include <fmt/format.h>

namespace proofmark::elf {
namespace {

constexpr std::size_t kTitlesShown = 5;

}  // namespace

FunctionTally tally(const Functions& functions, std::string_view property) {
  FunctionTally result;
  for (const ExaminedFunction& function : functions.all) {
    const report::RealisedProtection* const protection = function.own ? function.protection(property) : nullptr;
    if (protection == nullptr) continue;
    switch (protection->state) {
      case report::LayerState::kHeld:
        ++result.held;
        break;
      case report::LayerState::kMissing:
        result.missing.push_back(&function);
        break;
      case report::LayerState::kNotApplicable:
        ++result.not_applicable;
        break;
      default:
        ++result.unknown;
    }
  }
  return result;
}

std::string titles(const std::vector<const ExaminedFunction*>& functions) {
  std::vector<std::string> names;
  for (const ExaminedFunction* function : functions) names.push_back(function->title());
  std::ranges::sort(names);
  const std::size_t shown = std::min(kTitlesShown, names.size());
  std::string text =
      fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  return shown < names.size() ? text + ", ..." : text;
}

Outcome not_examined(const AuditInput& input) {
  return Outcome::not_applicable("functions were not examined: " + input.functions_problem);
}

Outcome must_be_examined(const AuditInput& input) {
  const GElf_Half machine = input.elf.header().e_machine;
  const bool known = machine == EM_X86_64 || machine == EM_AARCH64;
  if (input.options.policy == nullptr || !known) return not_examined(input);
  return Outcome::fail("functions were not examined: " + input.functions_problem,
                       "keep the symbols in an archive and give it with --debug-dir");
}

}  // namespace proofmark::elf
