// SPDX-License-Identifier: Apache-2.0
//
// The shape of a path rule (PMS1##): it claims reports of the path-sensitive analyzer, by checker, by wording and by the
// kind of memory concerned, and gives them a name and a CWE id. The first rule of the table that claims a report has it;
// PMS199 claims what is left, so that no report is lost.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/finding.h"

namespace proofmark::analyze {

enum class Memory { kUnknown, kStack, kHeap, kStatic };
enum class Access { kUnknown, kRead, kWrite };

// One report of the Clang Static Analyzer in terms that need no Clang headers.
struct AnalyzerReport {
  std::string_view checker;  // "alpha.security.ArrayBoundV2"
  std::string_view message;  // "Out of bound access to memory after the end of 'buf'"
  Memory memory = Memory::kUnknown;
  Access access = Access::kUnknown;

  bool from(std::string_view checker_prefix) const { return checker.starts_with(checker_prefix); }
  bool says(std::string_view words) const { return message.find(words) != std::string_view::npos; }
  // Any of the checkers that look for accesses outside an object.
  bool is_out_of_bounds() const;
  bool depends_on_taint() const { return says("ainted") || says("ntrusted"); }
};

struct PathRule {
  report::RuleInfo info;
  bool (*claims)(const AnalyzerReport&);
  int (*cwe)(const AnalyzerReport&) = nullptr;  // where one report is known more closely than the rule
};

extern const PathRule kPms101StackOverflow, kPms102HeapOverflow, kPms103OutOfBoundsWrite, kPms104OutOfBoundsRead,
    kPms105NullDereference, kPms106UseAfterFree, kPms107DoubleFree, kPms108MemoryLeak, kPms109Uninitialized,
    kPms110DivideByZero, kPms111StackAddressEscape, kPms112BadFree, kPms113TaintedCommand, kPms114TaintedFormat,
    kPms115TaintedSize, kPms116DangerousFunction, kPms117PrivilegeOrder, kPms118ResourceLeak, kPms119SizeArgument,
    kPms120UndefinedShift, kPms121UncheckedInput, kPms199OtherReport;

std::span<const PathRule* const> path_rules();
const PathRule& path_rule_for(const AnalyzerReport& report);

}  // namespace proofmark::analyze
