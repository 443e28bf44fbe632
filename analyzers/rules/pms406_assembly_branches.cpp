// SPDX-License-Identifier: Apache-2.0
//
// PMS406: the linker marks a program as guarded (IBT and shadow stack, BTI and PAC) only when every object says so. One
// assembly file that does not say it takes the guard from all others.
#include "rules/assembly_rule.h"

namespace proofmark::analyze {
namespace {

std::optional<AssemblyFault> judge(const AssemblyFacts& facts) {
  if (!facts.wants_branch_note || facts.branch_note) return {};
  return AssemblyFault{
      "this object does not say that its branches are guarded: the whole program loses the mark",
      "begin every target of an indirect branch with endbr64 or bti, and write the note: #include <cet.h> on amd64, "
      "-mmark-bti-property or a .note.gnu.property section on arm64"};
}

}  // namespace

constinit const AssemblyRule kPms406AssemblyBranches = {
    {"PMS406", "assembly-branches", "Assembly keeps the program's branches marked as guarded.", report::Level::kShould,
     693},
    judge};

}  // namespace proofmark::analyze
