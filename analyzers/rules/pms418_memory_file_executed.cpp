// SPDX-License-Identifier: Apache-2.0
//
// PMS418: a program that is written to memory and executed from there never lies in a file system that could check it.
#include <algorithm>

#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

void on_code(const CodeFacts& code, SourceContext& context) {
  const auto makes_memory_file = [&](const CallFact& fact) {
    return fact.name == "memfd_create" && is_library_call(*fact.callee, context);
  };
  if (std::ranges::none_of(code.calls, makes_memory_file)) return;
  for (const CallFact& fact : code.calls) {
    if ((fact.name != "fexecve" && fact.name != "execveat") || !is_library_call(*fact.callee, context)) continue;
    context.report(kPms418MemoryFileExecuted, fact.call->getBeginLoc(),
                   std::string(fact.name) + " executes a descriptor in a unit that makes memory files",
                   "execute a file that the device checks; a loader that checks the content itself needs a waiver");
  }
}

}  // namespace

constinit const SourceRule kPms418MemoryFileExecuted = {
    .info = {"PMS418", "memory-file-executed", "No program is executed from a memory file.", report::Level::kShould,
             693},
    .on_code = on_code};

}  // namespace proofmark::analyze
