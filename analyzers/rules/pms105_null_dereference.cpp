// SPDX-License-Identifier: Apache-2.0
//
// PMS105: a pointer that is null on some path is followed, or passed to a function that must not get null.
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

bool claims(const AnalyzerReport& report) {
  if (report.from("core.NullDereference") || report.from("core.NonNullParamChecker")) return true;
  if (report.from("unix.cstring.NullArg") || report.from("nullability.")) return true;
  return (report.from("core.CallAndMessage") || report.from("unix.StdCLibraryFunctions")) &&
         report.says("null pointer");
}

}  // namespace

constinit const PathRule kPms105NullDereference = {
    {"PMS105", "null-dereference", "No null pointer is dereferenced.", report::Level::kMust, 476}, claims};

}  // namespace proofmark::analyze
