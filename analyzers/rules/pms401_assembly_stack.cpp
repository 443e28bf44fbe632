// SPDX-License-Identifier: Apache-2.0
//
// PMS401: GNU ld takes an object without .note.GNU-stack to need an executable stack (on amd64; measured with 2.40), and
// gives one to the whole program. Compilers write the note; in assembly it is the author's to write.
#include "rules/assembly_rule.h"

namespace proofmark::analyze {
namespace {

std::optional<AssemblyFault> judge(const AssemblyFacts& facts) {
  if (facts.stack_note && !facts.stack_executable) return {};
  return AssemblyFault{facts.stack_note
                           ? "this object asks for an executable stack, for the whole program"
                           : "this object lacks .note.GNU-stack, which GNU ld takes as a wish for an executable stack",
                       "end the file with: .section .note.GNU-stack,\"\",%progbits"};
}

}  // namespace

constinit const AssemblyRule kPms401AssemblyStack = {
    {"PMS401", "assembly-stack", "No assembly asks for an executable stack.", report::Level::kMust, 693}, judge};

}  // namespace proofmark::analyze
