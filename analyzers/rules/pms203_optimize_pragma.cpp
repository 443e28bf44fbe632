// SPDX-License-Identifier: Apache-2.0
//
// PMS203: "#pragma GCC optimize" takes a protection from every function after it. At level O0, before the first header of
// the C library, it switches FORTIFY off for the whole unit: __OPTIMIZE__ is no longer defined when the headers ask.
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/gcc_options.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

std::vector<OptionLoss> losses_of(const OptionRegion& region, const EffectiveFlags& effective) {
  std::vector<OptionLoss> losses = lost_by_options(region.options, effective);
  if (stops_optimising(region.options) && effective.fortify_level > 0 && !region.pragma->after_libc)
    losses.push_back({"-O0 before the C library's headers", "FORTIFY"});
  return losses;
}

void on_facts(const SourceFacts& facts, SourceContext& context) {
  if (!context.for_gcc()) return;
  for (const OptionRegion& region : gcc_option_regions(facts, "optimize")) {
    const std::vector<OptionLoss> losses = losses_of(region, context.effective());
    if (losses.empty()) continue;
    const std::string functions = functions_in(region, context);
    context.report(
        kPms203OptimizePragma, region.pragma->where,
        fmt::format("pragma takes {} from {} under {}", describe_losses(losses),
                    functions.empty() ? "the functions after it" : functions, context.effective().compiler.describe()),
        "remove the pragma, or the option from it");
  }
}

}  // namespace

constinit const SourceRule kPms203OptimizePragma = {
    .info = {"PMS203", "optimize-pragma", "No optimize pragma takes a protection from functions.", report::Level::kMust,
             693},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
