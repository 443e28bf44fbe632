// SPDX-License-Identifier: Apache-2.0
//
// PMS404: memory that can be written and executed at the same time turns every overflow into code. Flags count with all
// values they can have: through macros, variables and either arm of a choice.
#include <algorithm>

#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

// Linux, the same on every architecture.
constexpr uint64_t kWrite = 2, kExecute = 4;
constexpr uint64_t kShmReadOnly = 010000, kShmExecute = 0100000;

bool is_both(std::string_view name, uint64_t flags) {
  if (name == "shmat") return (flags & kShmExecute) != 0 && (flags & kShmReadOnly) == 0;
  return (flags & kWrite) != 0 && (flags & kExecute) != 0;
}

void on_code(const CodeFacts& code, SourceContext& context) {
  static constexpr std::string_view kNames[] = {"mmap", "mmap64", "mprotect", "pkey_mprotect", "shmat"};
  for (const CallFact& fact : code.calls) {
    if (!is_one_of(fact.name, kNames) || !is_library_call(*fact.callee, context)) continue;
    const auto flags = possible_values(argument(*fact.call, 2), context, code);
    if (std::ranges::none_of(flags, [&](uint64_t value) { return is_both(fact.name, value); })) continue;
    context.report(kPms404WritableExecutableMapping, fact.call->getBeginLoc(),
                   std::string(fact.name) + " makes memory that is writable and executable at the same time",
                   "map it writable, fill it, then mprotect(PROT_READ | PROT_EXEC)");
  }
}

}  // namespace

constinit const SourceRule kPms404WritableExecutableMapping = {
    .info = {"PMS404", "writable-executable-mapping", "No memory is writable and executable at the same time.",
             report::Level::kMust, 693},
    .on_code = on_code};

}  // namespace proofmark::analyze
