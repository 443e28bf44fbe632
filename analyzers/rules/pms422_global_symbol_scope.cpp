// SPDX-License-Identifier: Apache-2.0
//
// PMS422: a library opened with RTLD_GLOBAL offers its symbols to everything that is loaded later, and can stand in for
// functions that others meant to have from the C library.
#include <algorithm>

#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

constexpr uint64_t kGlobal = 0x100;  // Linux, all but MIPS

void on_code(const CodeFacts& code, SourceContext& context) {
  for (const CallFact& fact : code.calls) {
    if (fact.name != "dlopen" || !is_library_call(*fact.callee, context)) continue;
    const auto flags = possible_values(argument(*fact.call, 1), context, code);
    if (std::ranges::none_of(flags, [](uint64_t value) { return (value & kGlobal) != 0; })) continue;
    context.report(kPms422GlobalSymbolScope, fact.call->getBeginLoc(),
                   "RTLD_GLOBAL lets this library stand in for symbols of others", "open it with RTLD_LOCAL");
  }
}

}  // namespace

constinit const SourceRule kPms422GlobalSymbolScope = {
    .info = {"PMS422", "global-symbol-scope", "No loaded library offers its symbols to all others.",
             report::Level::kAdvisory, 114},
    .on_code = on_code};

}  // namespace proofmark::analyze
