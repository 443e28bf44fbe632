// SPDX-License-Identifier: Apache-2.0
//
// The shape of a rule on assembly units (PMS401, PMS406): no analyzer reads their code, but what their object says of
// itself decides for the whole program whether its stack is executable and its branches are guarded.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "report/finding.h"

namespace proofmark::analyze {

struct AssemblyFacts {
  bool stack_note = false;         // .note.GNU-stack is there
  bool stack_executable = false;   // and asks for an executable stack
  bool branch_note = false;        // the object says that its branches are guarded (IBT and SHSTK, or BTI and PAC)
  bool wants_branch_note = false;  // the command's flags ask the compiler for guarded branches
  bool assembled = false;          // read from the object; else from the text
};

struct AssemblyFault {
  std::string message, hint;
};

struct AssemblyRule {
  report::RuleInfo info;
  std::optional<AssemblyFault> (*judge)(const AssemblyFacts&);
};

extern const AssemblyRule kPms401AssemblyStack, kPms406AssemblyBranches;

std::span<const AssemblyRule* const> assembly_rules();

}  // namespace proofmark::analyze
