// SPDX-License-Identifier: Apache-2.0
//
// PMS440: a compiler may keep a plain variable in a register while a loop waits for a signal handler to change it.
#include <algorithm>

#include "engine/expressions.h"
#include "engine/signal_handlers.h"

namespace proofmark::analyze {
namespace {

bool is_safe(const clang::VarDecl& variable) {
  const clang::QualType type = variable.getType();
  return !variable.hasGlobalStorage() || type.isVolatileQualified() || type->isAtomicType() ||
         variable.getTLSKind() != clang::VarDecl::TLS_None || type->isRecordType();
}

void on_code(const CodeFacts& code, SourceContext& context) {
  const HandlerReach reach = functions_in_handlers(code);
  if (reach.empty()) return;
  for (const auto& [variable, writes] : code.writes) {
    if (is_safe(*variable)) continue;
    const auto inside = std::ranges::find_if(writes, [&](const WriteFact& write) {
      return !write.address_only && write.writer != nullptr && reach.contains(write.writer->getCanonicalDecl());
    });
    if (inside == writes.end()) continue;
    context.report(
        kPms440SignalHandlerSharedData, inside->where,
        "'" + variable->getNameAsString() + "' is written in a signal handler, and is not volatile sig_atomic_t",
        "declare it volatile sig_atomic_t, or atomic");
  }
}

}  // namespace

constinit const SourceRule kPms440SignalHandlerSharedData = {
    .info = {"PMS440", "signal-handler-shared-data", "What a signal handler writes is volatile or atomic.",
             report::Level::kShould, 364},
    .on_code = on_code};

}  // namespace proofmark::analyze
