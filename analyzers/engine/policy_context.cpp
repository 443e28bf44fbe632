// SPDX-License-Identifier: Apache-2.0
//
// Context of a unit; see policy_context.h.
#include "engine/policy_context.h"

#include "compile/options.h"

namespace proofmark::analyze {

report::PolicyContext policy_context(const Unit& unit, const EffectiveFlags& effective, const std::string& artifact) {
  const Compiler& compiler = effective.compiler;
  report::PolicyContext context;
  context.compiler = compiler.kind == CompilerKind::kGcc ? "gcc" : "clang";
  context.major = compiler.major;
  context.machine = compiler.target.substr(0, compiler.target.find('-'));
  context.artifact = artifact;
  if (artifact.empty() && !requested_macro(unit.flags, "__KERNEL__").empty()) context.artifact = "kernel-module";
  return context;
}

}  // namespace proofmark::analyze
