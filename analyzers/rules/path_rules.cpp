// SPDX-License-Identifier: Apache-2.0
//
// The table of path rules, in the order in which they claim reports: the more specific first.
#include <array>

#include "rules/path_rule.h"

namespace proofmark::analyze {

std::span<const PathRule* const> path_rules() {
  static constexpr std::array<const PathRule*, 22> kRules = {
      &kPms113TaintedCommand,    &kPms114TaintedFormat,   &kPms115TaintedSize,        &kPms101StackOverflow,
      &kPms102HeapOverflow,      &kPms104OutOfBoundsRead, &kPms103OutOfBoundsWrite,   &kPms105NullDereference,
      &kPms106UseAfterFree,      &kPms107DoubleFree,      &kPms118ResourceLeak,       &kPms108MemoryLeak,
      &kPms109Uninitialized,     &kPms110DivideByZero,    &kPms111StackAddressEscape, &kPms112BadFree,
      &kPms116DangerousFunction, &kPms117PrivilegeOrder,  &kPms119SizeArgument,       &kPms120UndefinedShift,
      &kPms121UncheckedInput,    &kPms199OtherReport};
  return kRules;
}

const PathRule& path_rule_for(const AnalyzerReport& report) {
  for (const PathRule* rule : path_rules())
    if (rule->claims(report)) return *rule;
  return kPms199OtherReport;
}

bool AnalyzerReport::is_out_of_bounds() const {
  if (from("alpha.security.ArrayBound") || from("alpha.security.ReturnPtrRange")) return true;
  if (from("alpha.unix.cstring.OutOfBounds")) return true;
  return from("unix.StdCLibraryFunctions") && says("is a buffer with size");
}

}  // namespace proofmark::analyze
