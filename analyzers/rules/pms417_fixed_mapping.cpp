// SPDX-License-Identifier: Apache-2.0
//
// PMS417: MAP_FIXED silently replaces whatever is mapped at the address, and pins an address that ASLR would have moved.
#include <algorithm>

#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

constexpr uint64_t kMapFixed = 0x10;  // Linux on amd64, arm64, riscv

void on_code(const CodeFacts& code, SourceContext& context) {
  for (const CallFact& fact : code.calls) {
    if ((fact.name != "mmap" && fact.name != "mmap64") || !is_library_call(*fact.callee, context)) continue;
    const auto flags = possible_values(argument(*fact.call, 3), context, code);
    if (std::ranges::none_of(flags, [](uint64_t value) { return (value & kMapFixed) != 0; })) continue;
    context.report(kPms417FixedMapping, fact.call->getBeginLoc(),
                   "MAP_FIXED replaces what is mapped there and takes the address from ASLR",
                   "let the kernel choose, or use MAP_FIXED_NOREPLACE");
  }
}

}  // namespace

constinit const SourceRule kPms417FixedMapping = {
    .info = {"PMS417", "fixed-mapping", "No mapping replaces another at a fixed address.", report::Level::kShould, 693},
    .on_code = on_code};

}  // namespace proofmark::analyze
